import Reactor

/// Reservations and their commits on few or many items, each acknowledged when it is on disk; then
/// the stock is counted. One per run.
actor Buying: LoopActor {
    struct Settings: Sendable {
        var customers = 200
        var items = 1
        /// Purchases of a customer that are under way at once.
        var inFlight = 1
        var warmUp = Duration.seconds(1)
        var duration = Duration.seconds(8)
        var seed: UInt64 = 1
    }

    private static var received: Int { 100_000_000 }

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
        let crowd = BuyingCrowd(settings)
        let (tally, staff, buyers) = (crowd.tally, crowd.staff, crowd.buyers)
        try await open(crowd.customers)
        try await stockUp(staff)

        for buyer in buyers { buyer.begin(inFlight: settings.inFlight) }
        await pause(settings.warmUp)
        tally.isMeasuring = true
        let before = tally.acknowledged
        let measurement = Measurement(server)
        await pause(settings.duration)
        let outcome = measurement.end()
        let count = tally.acknowledged - before
        tally.isMeasuring = false
        for buyer in buyers { buyer.isBuying = false }
        let isQuiet = await settle(within: .seconds(20)) {
            buyers.allSatisfy { $0.underWay == 0 }
        }
        tally.violations.require(isQuiet, "Commands were left without an answer")
        try await ask(staff, "stock") { tally.check($1, of: $0, received: Self.received) }

        var report = Report("buy", seed: settings.seed)
        report.add("customers", settings.customers)
        report.add("items", settings.items)
        report.add("in_flight", settings.inFlight)
        report.add("acknowledged", per: "command", count: count, outcome)
        report.add("latency", tally.latency)
        let nodes = server.nodes.count
        if nodes > 1 { report.add("smallest_node_share", crowd.smallestShare(of: nodes)) }
        report.add(tally.violations)
        for customer in crowd.customers { customer.cut() }
        return report
    }

    private func open(_ customers: [Customer]) async throws(LoadFailure) {
        for customer in customers { try customer.connect(self, server.dialer) }
        let areOpen = await settle(within: .seconds(20)) { customers.allSatisfy(\.isConnected) }
        guard areOpen else { throw LoadFailure("Customers could not connect") }
    }

    private func stockUp(_ staff: Customer) async throws(LoadFailure) {
        try await ask(staff, "receive", "\"quantity\":\(Self.received)") { _, _ in }
    }

    /// Asks every item, some hundreds at a time.
    private func ask(
        _ staff: Customer,
        _ action: String,
        _ data: String = "",
        _ body: @escaping (Int, Customer.Answer) -> Void
    ) async throws(LoadFailure) {
        var refusals = 0
        for item in 0..<settings.items {
            staff.ask(action, BuyingTally.topic(item), data) { answer, _ in
                if answer.isOK { body(item, answer) } else { refusals += 1 }
            }
            if item % 200 == 199 {
                _ = await settle(within: .seconds(20)) { staff.unanswered == 0 }
            }
        }
        let isDone = await settle(within: .seconds(20)) { staff.unanswered == 0 }
        guard isDone, refusals == 0 else { throw LoadFailure("\(action) failed") }
    }
}
