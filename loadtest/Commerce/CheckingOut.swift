import Reactor

/// Customers that fill their carts and order what is in them, again and again; then the stock is
/// counted. One per run.
actor CheckingOut: LoopActor {
    struct Settings: Sendable {
        var customers = 100
        var products = 500
        var lines = 3
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
        let crowd = OrderingCrowd(settings)
        for customer in crowd.all { try customer.connect(self, server.dialer) }
        let areOpen = await settle(within: .seconds(20)) { crowd.all.allSatisfy(\.isConnected) }
        guard areOpen else { throw LoadFailure("Customers could not connect") }
        let isFurnished = await forEachProduct(crowd) { crowd.furnish($0, pieces: 100_000_000) }
        guard isFurnished, crowd.violations.count == 0 else {
            throw LoadFailure("The shop could not be furnished: \(crowd.violations.first)")
        }

        crowd.begin()
        await pause(settings.warmUp)
        crowd.isMeasuring = true
        let before = crowd.orders
        let measurement = Measurement(server)
        await pause(settings.duration)
        let outcome = measurement.end()
        let placed = crowd.orders - before
        crowd.isMeasuring = false
        crowd.isOrdering = false
        let isQuiet = await settle(within: .seconds(20)) { crowd.underWay == 0 }
        crowd.violations.require(isQuiet, "Checkouts were left without an answer")
        let isCounted = await forEachProduct(crowd) { crowd.check($0) }
        crowd.violations.require(isCounted, "The stock could not be counted")

        var report = Report("checkout", seed: settings.seed)
        report.add("customers", settings.customers)
        report.add("lines", settings.lines)
        report.add("orders", per: "order", count: placed, outcome)
        report.add("latency", crowd.latency)
        report.add(crowd.violations)
        for customer in crowd.all { customer.cut() }
        return report
    }

    /// A hundred at a time.
    private func forEachProduct(_ crowd: OrderingCrowd, _ body: (Int) -> Void) async -> Bool {
        for product in 0..<settings.products {
            body(product)
            if product % 100 == 99 {
                _ = await settle(within: .seconds(20)) { crowd.staff.unanswered == 0 }
            }
        }
        return await settle(within: .seconds(20)) { crowd.staff.unanswered == 0 }
    }
}
