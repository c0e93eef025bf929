import Reactor

/// Everybody loses the connection at once and comes back at once, while posts go on. One per run.
actor Avalanche: LoopActor {
    struct Settings: Sendable {
        var clients = 10_000
        var rooms = 100
        var postsPerSecond = 500
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let settings: Settings
    private let tally = CrowdTally()

    init(on loop: EventLoop, _ server: Server, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        var report = Report("avalanche", seed: settings.seed)
        let crowd = Crowd(
            readers: settings.clients,
            rooms: settings.rooms,
            seed: settings.seed,
            tally
        )
        try await gather(crowd.publishers + crowd.readers, server.dialer, within: .seconds(120))
        let pacer = Pacer(
            crowd.publishers,
            perSecond: settings.postsPerSecond,
            contentBytes: 64
        )
        await post(pacer, for: .seconds(2))

        for reader in crowd.readers { reader.cut() }
        await post(pacer, for: .milliseconds(500))
        let measurement = Measurement(server)
        tally.returnStart = Clock.now()
        for reader in crowd.readers { try reader.connect(server.dialer, on: loop) }
        // Posts go on until all are back.
        for _ in 0..<60 where !crowd.readers.allSatisfy(\.isJoined) {
            await post(pacer, for: .milliseconds(500))
        }
        tally.returnStart = nil
        let outcome = measurement.end()
        let resumed = crowd.readers.count { $0.isJoined }
        await post(pacer, for: .seconds(1))
        _ = await settle(within: .seconds(30)) { crowd.hasAll(pacer) }
        crowd.check(pacer, acknowledged: tally.acknowledged, tally.violations)
        tally.violations.require(
            resumed == settings.clients,
            "\(resumed) of \(settings.clients) resumed"
        )

        report.add("clients", settings.clients)
        report.add("rooms", settings.rooms)
        report.add("posts", pacer.posted)
        report.add("resumed_percent", Double(resumed) * 100 / Double(settings.clients))
        report.add("resumed", tally.resumption)
        report.addCosts(outcome)
        report.add(tally.violations)
        await part(crowd.readers + crowd.publishers)
        return report
    }
}
