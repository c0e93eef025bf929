import Reactor

/// A few readers take a kilobyte a second; what does that do to the others, and to the server's
/// memory? One per run.
actor SlowReaders: LoopActor {
    struct Settings: Sendable {
        var clients = 1000
        /// How many of them are slow.
        var slow = 10
        var rooms = 10
        var postsPerSecond = 1000
        var contentBytes = 1024
        var duration = Duration.seconds(40)
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let settings: Settings
    private let tally = CrowdTally()
    private var isThrottling = true

    /// The kernel makes the least of it that it allows: about two kilobytes, half of it payload.
    private static let receiveBuffer: Int32 = 1024

    init(on loop: EventLoop, _ server: Server, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        let crowd = Crowd(
            readers: settings.clients,
            rooms: settings.rooms,
            seed: settings.seed,
            tally
        )
        let firstSlow = settings.clients - settings.slow
        tally.firstUnmeasured = firstSlow
        try await gather(crowd.publishers + crowd.readers, server.dialer) { member in
            member.role == .reader && member.number >= firstSlow ? Self.receiveBuffer : nil
        }
        let slow = Array(crowd.readers[firstSlow...])
        throttle(slow)
        let pacer = Pacer(
            crowd.publishers,
            perSecond: settings.postsPerSecond,
            contentBytes: settings.contentBytes
        )
        // By then what a slow reader may have queued is full.
        await post(pacer, for: settings.duration / 2)
        tally.isMeasuring = true
        let before = tally.deliveries
        let measurement = Measurement(server)
        await post(pacer, for: settings.duration / 2)
        let outcome = measurement.end()
        tally.isMeasuring = false
        let deliveries = tally.deliveries - before
        let behind = slow.map { (pacer.postedByRoom[$0.room] ?? 0) - $0.deliveries }.max() ?? 0
        isThrottling = false
        _ = await settle(within: .seconds(90)) { crowd.hasAll(pacer) }
        crowd.check(pacer, acknowledged: tally.acknowledged, tally.violations)

        var report = Report("slow (\(settings.slow) of \(settings.clients))", seed: settings.seed)
        report.add("clients", settings.clients)
        report.add("slow", settings.slow)
        report.add("slow_behind_most", behind)
        report.add("slow_told_lagging", slow.count { $0.lags > 0 })
        report.add("posts", pacer.posted)
        report.add("deliveries", per: "delivery", count: deliveries, outcome)
        report.add("others", tally.latency)
        report.add("memory_growth_mib", Double(outcome.server.anonymousBytes) / 1_048_576)
        report.add(tally.violations)
        await part(crowd.readers + crowd.publishers)
        return report
    }

    /// Once a second each slow reader reads what the small buffer holds.
    private func throttle(_ readers: [Member]) {
        for reader in readers { reader.readsOnceAtATime = isThrottling }
        for reader in readers { reader.loopConnection?.resumeReading() }
        guard isThrottling else { return }
        loop.schedule(after: .seconds(1)) { self.throttle(readers) }
    }
}
