import Glibc
import Reactor

/// The hub is killed while posts are on the way, again and again, on the same data. One per run.
///
/// Readers and publishers live through all rounds: readers come back with `since`, publishers send
/// what was not acknowledged again, with the same keys.
actor Crash: LoopActor {
    struct Settings: Sendable {
        var rounds = 20
        var publishers = 50
        var rooms = 5
        var window = 4
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let launcher: Launcher
    private let settings: Settings
    private let directory: ScratchDirectory
    private let office: PostOffice
    private var starts = Histogram()

    init(on loop: EventLoop, _ launcher: Launcher, _ settings: Settings) throws(LoadFailure) {
        self.loop = loop
        self.launcher = launcher
        self.settings = settings
        directory = try ScratchDirectory()
        office = PostOffice(
            publishers: settings.publishers,
            rooms: settings.rooms,
            window: settings.window,
            contentBytes: 64,
            seed: settings.seed
        )
    }

    func run() async throws(LoadFailure) -> Report {
        defer { directory.remove() }
        var dice = Dice(seed: settings.seed)
        var underWay = 0
        for round in 1...settings.rounds {
            let milliseconds = Int.random(in: 100...1500, using: &dice)
            underWay += try await live(for: .milliseconds(milliseconds), round)
        }
        let server = try start()
        defer { server.process?.stop() }
        let measurement = Measurement(server)
        let fresh = office.makeReaders()
        try await gather(office.publishers + office.readers + fresh, server.dialer)
        office.begin()
        office.stop()
        let isQuiet = await settle(within: .seconds(20)) {
            office.posters.allSatisfy { $0.unacknowledged == 0 }
        }
        office.violations.require(isQuiet, "Posts were left without an acknowledgement")
        for readers in [office.readers, fresh] {
            _ = await settle(within: .seconds(60)) { office.haveAll(readers) }
            office.check(readers, "At the end")
        }
        var report = Report("crash", seed: settings.seed)
        report.add("rounds", settings.rounds)
        report.add("acknowledged", office.acknowledged)
        report.add("under_way_when_killed", underWay)
        report.add("start", starts)
        report.addCosts(measurement.end())
        report.add(office.violations)
        await part(office.publishers + office.readers + fresh)
        office.disband()
        return report
    }

    private func start() throws(LoadFailure) -> Server {
        let server = try launcher.startHub("disk", directory)
        starts.add(Int64(server.startMilliseconds * 1e6))
        return server
    }

    /// One life of the hub. Answers how many posts it took with it unanswered.
    private func live(for duration: Duration, _ round: Int) async throws(LoadFailure) -> Int {
        let server = try start()
        let members = office.readers + office.publishers
        do throws(LoadFailure) {
            try await gather(members, server.dialer)
        } catch {
            server.process?.killNow()
            throw error
        }
        // All that the last life acknowledged must be there before anything is added.
        office.check(office.readers, "In round \(round)")
        office.begin()
        await pause(duration)
        office.stop()
        for member in members { member.mayEnd = true }
        server.process?.killNow()
        let isOver = await settle(within: .seconds(10)) { members.allSatisfy { $0.wire == nil } }
        guard isOver else { throw LoadFailure("Connections outlived the hub") }
        return office.posters.reduce(0) { $0 + $1.unacknowledged }
    }
}
