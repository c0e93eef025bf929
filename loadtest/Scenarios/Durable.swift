import Reactor

/// How many posts are acknowledged, each when it is on disk, and whether they are there. One per
/// run.
actor Durable: LoopActor {
    struct Settings: Sendable {
        var publishers = 200
        var rooms = 1
        var window = 1
        var contentBytes = 64
        var warmUp = Duration.seconds(1)
        var duration = Duration.seconds(8)
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let settings: Settings

    init(on loop: EventLoop, _ server: Server, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        var report = Report("durable", seed: settings.seed)
        let office = PostOffice(
            publishers: settings.publishers,
            rooms: settings.rooms,
            window: settings.window,
            contentBytes: settings.contentBytes,
            seed: settings.seed
        )
        try await gather(office.publishers, server.dialer)
        office.begin()
        await pause(settings.warmUp)
        let before = office.acknowledged
        let measurement = Measurement(server)
        await pause(settings.duration)
        let outcome = measurement.end()
        let count = office.acknowledged - before
        office.stop()
        let isQuiet = await settle(within: .seconds(20)) {
            office.posters.allSatisfy { $0.unacknowledged == 0 }
        }
        office.violations.require(isQuiet, "Posts were left without an acknowledgement")

        // Then all of it is read, from the first record on.
        try await gather(office.readers, server.dialer, within: .seconds(120))
        _ = await settle(within: .seconds(60)) { office.haveAll(office.readers) }
        office.check(office.readers, "At the end")

        report.add("publishers", settings.publishers)
        report.add("rooms", settings.rooms)
        report.add("window", settings.window)
        report.add("acknowledged", per: "post", count: count, outcome)
        report.add("posts", office.acknowledged)
        report.add(office.violations)
        await part(office.publishers + office.readers)
        office.disband()
        return report
    }
}
