import Reactor

/// A publisher keeps a number of posts on the way to all members of a room. One per run.
actor FanOut: LoopActor {
    struct Settings: Sendable {
        var members = 1000
        var inFlight = 64
        var contentBytes = 64
        var warmUp = Duration.seconds(1)
        var duration = Duration.seconds(5)
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let settings: Settings
    private let tally: FanOutTally
    private var members: [Member] = []

    init(on loop: EventLoop, _ server: Server, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.settings = settings
        tally = FanOutTally(
            memberCount: settings.members,
            inFlight: settings.inFlight,
            contentBytes: settings.contentBytes
        )
    }

    func run() async throws(LoadFailure) -> Report {
        var report = Report("fanout \(server.kind.rawValue)", seed: settings.seed)
        let publisher = makeMembers()
        try await gather(members + [publisher], server.dialer)

        tally.begin()
        await pause(settings.warmUp)
        let deliveriesBefore = tally.deliveries
        tally.isMeasuring = true
        let measurement = Measurement(server)
        await pause(settings.duration)
        let outcome = measurement.end()
        let deliveries = tally.deliveries - deliveriesBefore
        tally.isMeasuring = false
        tally.stop()
        _ = await settle(within: .seconds(20)) { tally.completed == tally.posted }
        check()

        report.add("members", settings.members)
        report.add("in_flight", settings.inFlight)
        report.add("deliveries", per: "delivery", count: deliveries, outcome)
        report.add("latency", tally.latency)
        report.add("posts", tally.posted)
        report.add(tally.violations)
        await part(members + [publisher])
        tally.publisher = nil
        return report
    }

    /// Makes the readers, and answers with the publisher.
    private func makeMembers() -> Member {
        let tongue = server.kind.tongue
        let masks = MaskSupply(seed: settings.seed)
        for number in 0..<settings.members {
            let member = Member(
                number: number,
                role: .reader,
                tongue: tongue,
                masks: masks,
                listener: tally
            )
            members.append(member)
        }
        let publisher = Member(
            number: 0,
            role: .publisher,
            tongue: tongue,
            masks: masks,
            listener: tally
        )
        tally.publisher = publisher
        return publisher
    }

    /// Everybody got everything, and nothing else.
    private func check() {
        let posted = tally.posted
        for member in members where member.deliveries != posted {
            tally.violated("Member \(member.number) got \(member.deliveries) of \(posted)")
        }
        guard server.kind == .hub else { return }
        tally.violations.require(
            tally.acknowledged == posted,
            "\(tally.acknowledged) of \(posted) acknowledged"
        )
    }
}
