import Reactor

/// A part of a crowd that is too large for one process: it joins its rooms, says so, and says so
/// again when each of its members has got a message. One per process.
actor CrowdWorker: LoopActor {
    static let joined = "joined"
    static let reached = "reached"

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let dialer: Dialer
    private let members: Int
    private let rooms: Int
    private let tally = CrowdTally()

    init(on loop: EventLoop, port: UInt16, members: Int, rooms: Int) {
        self.loop = loop
        dialer = Dialer(ports: [port])
        self.members = members
        self.rooms = rooms
    }

    func run() async throws(LoadFailure) {
        let tongue = HubTongue()
        let masks = MaskSupply(seed: 1)
        let crowd = (0..<members).map { number in
            Member(
                number: number,
                room: number % rooms,
                role: .reader,
                tongue: tongue,
                masks: masks,
                listener: tally
            )
        }
        try await gather(crowd, dialer, within: .seconds(300))
        SystemFile.say("\(Self.joined) \(crowd.count { $0.isJoined })")
        let isReached = await settle(within: .seconds(300)) {
            tally.deliveries >= members || tally.violations.count > 0
        }
        guard isReached, tally.violations.count == 0 else {
            let first = tally.violations.first.first ?? "\(tally.deliveries) of \(members) reached"
            throw LoadFailure(first)
        }
        SystemFile.say("\(Self.reached) \(crowd.count { $0.deliveries == 1 })")
        // The connections stay until the process is ended.
        await pause(.seconds(120))
    }
}
