import Reactor

/// Posts on one node at a steady rate, read there and on another. One per run.
actor Relay: LoopActor {
    struct Settings: Sendable {
        var rooms = 50
        var postsPerSecond = 2000
        var warmUp = Duration.seconds(2)
        var duration = Duration.seconds(8)
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let home: Server
    private let away: Server
    private let settings: Settings
    private let tally: RelayTally

    /// - Parameter away: Where the other readers are; it may be the same.
    init(on loop: EventLoop, home: Server, away: Server, _ settings: Settings) {
        self.loop = loop
        self.home = home
        self.away = away
        self.settings = settings
        tally = RelayTally(firstAway: settings.rooms)
    }

    func run() async throws(LoadFailure) -> Report {
        let crowd = Crowd(
            readers: settings.rooms * 2,
            rooms: settings.rooms,
            seed: settings.seed,
            tally
        )
        let near = crowd.readers.prefix(settings.rooms)
        let far = Array(crowd.readers.dropFirst(settings.rooms))
        try await gather(near + crowd.publishers, home.dialer)
        try await gather(far, away.dialer)
        let pacer = Pacer(crowd.publishers, perSecond: settings.postsPerSecond, contentBytes: 64)
        await post(pacer, for: settings.warmUp)
        tally.isMeasuring = true
        let before = tally.deliveries
        let measurement = Measurement(home)
        await post(pacer, for: settings.duration)
        let outcome = measurement.end()
        let deliveries = tally.deliveries - before
        _ = await settle(within: .seconds(20)) {
            tally.acknowledged >= pacer.posted && crowd.hasAll(pacer)
        }
        crowd.check(pacer, acknowledged: tally.acknowledged, tally.violations)

        var report = Report("relay", seed: settings.seed)
        report.add("rooms", settings.rooms)
        report.add("posts_per_second", settings.postsPerSecond)
        report.add("deliveries", per: "delivery", count: deliveries, outcome)
        report.add("home", tally.home)
        report.add("away", tally.away)
        report.add("between", tally.between)
        report.add(tally.violations)
        await part(crowd.readers + crowd.publishers)
        return report
    }
}
