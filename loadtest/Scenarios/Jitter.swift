import Reactor

/// Connections that break at random and come back at once, for a time. One per run.
actor Jitter: LoopActor {
    struct Settings: Sendable {
        var clients = 500
        var rooms = 10
        var postsPerSecond = 500
        var cutsPerSecond = 200
        var duration = Duration.seconds(15)
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
        var report = Report("jitter", seed: settings.seed)
        let crowd = Crowd(
            readers: settings.clients,
            rooms: settings.rooms,
            seed: settings.seed,
            tally
        )
        try await gather(crowd.publishers + crowd.readers, server.dialer)
        let pacer = Pacer(
            crowd.publishers,
            perSecond: settings.postsPerSecond,
            contentBytes: 64
        )
        let measurement = Measurement(server)
        let before = tally.deliveries
        tally.isMeasuring = true
        let cuts = try await disturb(crowd.readers, pacer)
        let outcome = measurement.end()
        let deliveries = tally.deliveries - before
        _ = await settle(within: .seconds(30)) {
            crowd.readers.allSatisfy(\.isJoined) && crowd.hasAll(pacer)
        }
        crowd.check(pacer, acknowledged: tally.acknowledged, tally.violations)

        report.add("clients", settings.clients)
        report.add("cuts", cuts)
        report.add("posts", pacer.posted)
        report.add("deliveries", per: "delivery", count: deliveries, outcome)
        report.add("latency", tally.latency)
        report.add(tally.violations)
        await part(crowd.readers + crowd.publishers)
        return report
    }

    /// Cuts whoever chance names, in whatever state it is, and lets those that are cut come back.
    private func disturb(_ readers: [Member], _ pacer: Pacer) async throws(LoadFailure) -> Int {
        var dice = Dice(seed: settings.seed)
        var cuts = 0
        let start = Clock.now()
        let length = Clock.nanoseconds(settings.duration)
        pacer.begin()
        while Clock.now() - start < length {
            pacer.postDue()
            let due = Int(Clock.seconds(Clock.now() - start) * Double(settings.cutsPerSecond))
            while cuts < due {
                readers[Int.random(in: 0..<readers.count, using: &dice)].cut()
                cuts += 1
            }
            for reader in readers where reader.wire == nil {
                try reader.connect(server.dialer, on: loop)
            }
            try? await Task.sleep(for: .milliseconds(1))
        }
        await pause(.milliseconds(50))
        for reader in readers where reader.wire == nil {
            try reader.connect(server.dialer, on: loop)
        }
        return cuts
    }
}
