import Reactor

/// A node is away while others store records, comes back, and has to have them all. One per run.
actor CatchUp: LoopActor {
    struct Settings: Sendable {
        var records = 100_000
        var rooms = 50
        var publishers = 100
        var window = 16
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let cluster: HubCluster
    private let settings: Settings

    init(on loop: EventLoop, _ cluster: HubCluster, _ settings: Settings) {
        self.loop = loop
        self.cluster = cluster
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        let office = PostOffice(
            publishers: settings.publishers,
            rooms: settings.rooms,
            window: settings.window,
            contentBytes: 64,
            seed: settings.seed
        )
        let last = cluster.nodes.count - 1
        // It knows the rooms' beginnings before it goes.
        try await gather(office.publishers, cluster.of(0..<last).dialer)
        try await post(10, office)
        await pause(.seconds(1))
        cluster.nodes[last].process?.stop()
        try await post(settings.records / settings.publishers, office)

        let start = Clock.now()
        try cluster.restart(last)
        let ready = Clock.seconds(Clock.now() - start)
        try await gather(office.readers, cluster.of(last..<last + 1).dialer, within: .seconds(60))
        _ = await settle(within: .seconds(60)) { office.haveAll(office.readers) }
        let isRead = Clock.seconds(Clock.now() - start)
        office.check(office.readers, "On the node that was away")

        var report = Report("catchup", seed: settings.seed)
        report.add("records", settings.records)
        report.add("rooms", settings.rooms)
        report.add("started_ms", cluster.nodes[last].startMilliseconds, decimals: 0)
        report.add("ready_seconds", ready)
        report.add("read_seconds", isRead)
        report.add(office.violations)
        await part(office.publishers + office.readers)
        office.disband()
        return report
    }

    /// So many posts by each, all acknowledged.
    private func post(_ count: Int, _ office: PostOffice) async throws(LoadFailure) {
        for poster in office.posters { poster.limit = poster.sent + count }
        office.begin()
        let isDone = await settle(within: .seconds(120)) {
            office.posters.allSatisfy { $0.sent == $0.limit && $0.unacknowledged == 0 }
        }
        office.stop()
        guard isDone else { throw LoadFailure("Posts were left without an acknowledgement") }
    }
}
