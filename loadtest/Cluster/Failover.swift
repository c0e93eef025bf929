import Reactor

/// A Redis master is killed while every room is written to: how long after Redis has a new one does
/// each take posts again? One per run.
actor Failover: LoopActor {
    struct Settings: Sendable {
        var rooms = 64
        var seed: UInt64 = 1
    }

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let redis: RedisCluster
    private let settings: Settings
    private let violations = Violations()

    init(on loop: EventLoop, _ server: Server, _ redis: RedisCluster, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.redis = redis
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        let masks = MaskSupply(seed: settings.seed)
        var dice = Dice(seed: settings.seed)
        let writers = (0..<settings.rooms).map { number in
            let customer = Customer(
                number: number,
                name: "w\(number)",
                masks: masks,
                violations: violations
            )
            return SteadyWriter(customer, room: number, seed: dice.next(), on: loop)
        }
        for writer in writers { try writer.customer.connect(self, server.dialer) }
        let areOpen = await settle(within: .seconds(20)) {
            writers.allSatisfy(\.customer.isConnected)
        }
        guard areOpen else { throw LoadFailure("Writers could not connect") }
        for writer in writers { writer.begin() }
        guard await settle(within: .seconds(20), { writers.allSatisfy { $0.acknowledged > 20 } })
        else { throw LoadFailure("Posts are not acknowledged") }

        let masters = redis.masters(by: redis.servers[0])
        guard let victim = masters.last, let witness = masters.first, masters.count == 3 else {
            throw LoadFailure("Redis doesn't have three masters")
        }
        victim.server.process.killNow()
        let killed = Clock.now()
        let isReplaced = await settle(within: .seconds(60)) {
            let now = redis.masters(by: witness.server)
            return now.count == 3 && !now.contains { $0.id == victim.id }
        }
        let replaced = Clock.now()
        guard isReplaced else { throw LoadFailure("Redis has no new master") }
        let flows = await settle(within: .seconds(30)) {
            writers.allSatisfy { $0.lastAcknowledged > replaced }
        }
        let flowing = writers.map(\.lastResumption).max() ?? 0
        violations.require(flows, "Not every room takes posts again")
        for writer in writers { writer.isWriting = false }
        _ = await settle(within: .seconds(10)) { writers.allSatisfy { $0.customer.unanswered == 0 } }

        var report = Report("failover", seed: settings.seed)
        report.add("rooms", settings.rooms)
        report.add("replaced_seconds", Clock.seconds(replaced - killed))
        report.add("flowing_seconds", Clock.seconds(max(flowing - replaced, 0)))
        report.add("refused", writers.reduce(0) { $0 + $1.refused })
        report.add(violations)
        for writer in writers { writer.customer.cut() }
        return report
    }
}
