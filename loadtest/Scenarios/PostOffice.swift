/// Posters and readers of the same rooms: what was acknowledged must be what is read.
final class PostOffice: MemberListener {
    let violations = Violations()
    let tongue: HubTongue
    private(set) var posters: [Poster] = []
    private(set) var readers: [Member] = []
    private(set) var acknowledged = 0
    private let rooms: Int
    private let masks: MaskSupply

    init(
        publishers: Int,
        rooms: Int,
        window: Int,
        contentBytes: Int,
        seed: UInt64
    ) {
        tongue = HubTongue()
        masks = MaskSupply(seed: seed)
        self.rooms = rooms
        var dice = Dice(seed: seed)
        posters = (0..<publishers).map { number in
            let member = Member(
                number: number,
                room: number * rooms / publishers,
                role: .publisher,
                tongue: tongue,
                masks: masks,
                listener: self
            )
            let keys = KeySource(seed: dice.next(), startingAt: 1_700_000_000_000)
            return Poster(
                member,
                tongue,
                window: window,
                contentBytes: contentBytes,
                keys: keys
            )
        }
        readers = makeReaders()
    }

    /// A reader of all there is for each room.
    func makeReaders() -> [Member] {
        (0..<rooms).map { room in
            Member(
                number: room,
                room: room,
                role: .reader,
                tongue: tongue,
                masks: masks,
                publishers: 0..<posters.count,
                readsAll: true,
                listener: self
            )
        }
    }

    var publishers: [Member] { posters.map(\.member) }

    func begin() {
        for poster in posters { poster.begin() }
    }

    func stop() {
        for poster in posters { poster.isPosting = false }
    }

    /// Lets go of posters and readers, which hold on to it.
    func disband() {
        posters = []
        readers = []
    }

    func member(_ member: Member, acknowledged id: Int, position: Int, at now: Int64) {
        guard posters[member.number].acknowledge(id, position: position) else {
            return violated("Publisher \(member.number) was told of post \(id) that didn't wait")
        }
        acknowledged += 1
    }

    func member(_ member: Member, delivered stamp: Stamp, at now: Int64) {
        guard posters.indices.contains(Int(stamp.publisher)) else { return }
        let poster = posters[Int(stamp.publisher)]
        let index = Int(stamp.sequence) - 1
        guard index < poster.sent else {
            return violated("Publisher \(stamp.publisher) never sent \(stamp.sequence)")
        }
        guard poster.positions.indices.contains(index), poster.positions[index] >= 0,
            poster.positions[index] != member.position
        else { return }
        violated(
            "Publisher \(stamp.publisher)'s post \(stamp.sequence) was acknowledged at "
                + "\(poster.positions[index]) and is at \(member.position)"
        )
    }

    func memberEnded(_ member: Member, _ reason: String) {}

    func violated(_ sentence: String) {
        violations.add(sentence)
    }

    /// Whether these readers have every acknowledged post; that they have nothing twice and nothing
    /// that was never sent was checked with each delivery.
    func haveAll(_ readers: [Member]) -> Bool {
        posters.allSatisfy {
            readers[$0.member.room].sequence(of: $0.member.number) >= $0.positions.count
        }
    }

    func check(_ readers: [Member], _ when: String) {
        for poster in posters {
            let read = readers[poster.member.room].sequence(of: poster.member.number)
            violations.require(
                read >= poster.positions.count && read <= poster.sent,
                "\(when) publisher \(poster.member.number) has \(read) posts in history; "
                    + "\(poster.positions.count) were acknowledged and \(poster.sent) sent"
            )
        }
    }
}
