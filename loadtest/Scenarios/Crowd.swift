/// Readers spread over rooms, and a publisher for each room that is never cut.
struct Crowd {
    let readers: [Member]
    let publishers: [Member]

    init(readers count: Int, rooms: Int, seed: UInt64, _ listener: any MemberListener) {
        let tongue = HubTongue(keys: KeySource(seed: seed, startingAt: 1_700_000_000_000))
        let masks = MaskSupply(seed: seed)
        readers = (0..<count).map { number in
            let room = number % rooms
            return Member(
                number: number,
                room: room,
                role: .reader,
                tongue: tongue,
                masks: masks,
                publishers: room..<room + 1,
                listener: listener
            )
        }
        publishers = (0..<rooms).map { room in
            Member(
                number: room,
                room: room,
                role: .publisher,
                tongue: tongue,
                masks: masks,
                listener: listener
            )
        }
    }

    func hasAll(_ pacer: Pacer) -> Bool {
        readers.allSatisfy { $0.deliveries >= pacer.postedByRoom[$0.room] ?? 0 }
    }

    /// Everybody got everything.
    func check(_ pacer: Pacer, acknowledged: Int, _ violations: Violations) {
        for reader in readers {
            let expected = pacer.postedByRoom[reader.room] ?? 0
            guard reader.deliveries != expected else { continue }
            violations.add("Member \(reader.number) got \(reader.deliveries) of \(expected)")
        }
        violations.require(
            acknowledged == pacer.posted,
            "\(acknowledged) of \(pacer.posted) acknowledged"
        )
    }
}
