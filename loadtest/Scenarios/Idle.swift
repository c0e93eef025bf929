import Reactor

/// Connections that have joined and say nothing. One per run.
actor Idle: LoopActor {
    struct Settings: Sendable {
        var connections = 18_000
        var rooms = 180
        var settling = Duration.seconds(10)
        var duration = Duration.seconds(30)
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
        var report = Report("idle", seed: settings.seed)
        // One connection first, so that what comes with the first of all isn't counted.
        let members = makeMembers(settings.connections + 1)
        try await gather([members[0]], server.dialer)
        await pause(.seconds(1))
        let empty = server.usage
        let start = Clock.now()
        try await gather(Array(members.dropFirst()), server.dialer, within: .seconds(180))
        let joining = Clock.seconds(Clock.now() - start)
        await pause(settings.settling)
        let measurement = Measurement(server)
        await pause(settings.duration)
        let outcome = measurement.end()
        let added = outcome.residentBytes - empty.residentBytes
        let joined = members.count { $0.isJoined }
        tally.violations.require(
            joined == members.count,
            "\(joined) of \(members.count) are still joined"
        )
        report.add("connections", settings.connections)
        report.add("rooms", settings.rooms)
        report.add("joins_per_second", Double(settings.connections) / joining, decimals: 0)
        report.add("rss_bytes_per_connection", Double(added) / Double(settings.connections))
        report.add("rss_empty_mib", Double(empty.residentBytes) / 1_048_576, decimals: 1)
        report.add("core_percent", outcome.server.cpuSeconds * 100 / outcome.seconds)
        report.addCosts(outcome)
        report.add(tally.violations)
        await part(members)
        return report
    }

    private func makeMembers(_ count: Int) -> [Member] {
        let tongue = HubTongue()
        let masks = MaskSupply(seed: settings.seed)
        return (0..<count).map {
            Member(
                number: $0,
                room: $0 % settings.rooms,
                role: .reader,
                tongue: tongue,
                masks: masks,
                listener: tally
            )
        }
    }
}
