import Reactor

/// Clients in rooms, each reading and posting, at a rate that doesn't wait for the server. One per
/// run.
actor Chat: LoopActor {
    struct Settings: Sendable {
        var clients = 1000
        var rooms = 50
        var postsPerSecond = 5000
        var contentBytes = 64
        var warmUp = Duration.seconds(2)
        var duration = Duration.seconds(10)
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
        var report = Report("chat", seed: settings.seed)
        let members = crowd()
        try await gather(members, server.dialer)
        var dice = Dice(seed: settings.seed)
        let pacer = Pacer(
            members.shuffled(using: &dice),
            perSecond: settings.postsPerSecond,
            contentBytes: settings.contentBytes
        )
        await post(pacer, for: settings.warmUp)
        tally.isMeasuring = true
        let before = tally.deliveries
        let measurement = Measurement(server)
        await post(pacer, for: settings.duration)
        let outcome = measurement.end()
        let deliveries = tally.deliveries - before
        _ = await settle(within: .seconds(20)) { tally.acknowledged >= pacer.posted }
        _ = await settle(within: .seconds(20)) {
            members.allSatisfy { $0.deliveries >= pacer.postedByRoom[$0.room] ?? 0 }
        }
        check(members, pacer)
        report.add("clients", settings.clients)
        report.add("rooms", settings.rooms)
        report.add("posts_per_second", settings.postsPerSecond)
        report.add("deliveries", per: "delivery", count: deliveries, outcome)
        report.add("latency", tally.latency)
        report.add("posts", pacer.posted)
        report.add(tally.violations)
        await part(members)
        return report
    }

    private func crowd() -> [Member] {
        let tongue = HubTongue(keys: KeySource(seed: settings.seed, startingAt: 1_700_000_000_000))
        let masks = MaskSupply(seed: settings.seed)
        let size = max(settings.clients / settings.rooms, 1)
        return (0..<settings.clients).map { number in
            let room = number / size
            return Member(
                number: number,
                room: room,
                role: .both,
                tongue: tongue,
                masks: masks,
                publishers: room * size..<(room + 1) * size,
                listener: tally
            )
        }
    }

    private func check(_ members: [Member], _ pacer: Pacer) {
        for member in members {
            let expected = pacer.postedByRoom[member.room] ?? 0
            guard member.deliveries != expected else { continue }
            tally.violated("Member \(member.number) got \(member.deliveries) of \(expected)")
        }
        tally.violations.require(
            tally.acknowledged == pacer.posted,
            "\(tally.acknowledged) of \(pacer.posted) acknowledged"
        )
    }
}
