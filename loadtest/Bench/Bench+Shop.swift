/// The bars of stock and orders.
extension Bench {
    func buyBars() async {
        for inFlight in [1, 4] {
            await buyBar(items: 1, inFlight: inFlight)
            await buyBar(items: 1000, inFlight: inFlight)
        }
    }

    private func buyBar(items: Int, inFlight: Int) async {
        let place = items == 1 ? "on one item" : "over \(Decimal.grouped(items)) items"
        let name = "reserve and commit \(place), 200 customers, \(inFlight) in flight each"
        let demand = "≥ 20,000 acknowledged/s; the stock is what was put in less what was sold"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Buying.Settings()
            settings.items = items
            settings.inFlight = inFlight
            settings.duration = .seconds(isQuick ? 3 : 8)
            settings.seed = seed
            let reports = try await repeated { server throws(LoadFailure) in
                try await Buying(on: client.loop, server, settings).run()
            }
            let rate = Median.of(reports, "acknowledged_per_second") ?? 0
            let p99 = Median.of(reports, "latency_p99_ms") ?? .infinity
            return judge(
                name,
                demand,
                reports,
                rate >= 20_000,
                "\(Decimal.text(rate, decimals: 0))/s, p99 \(Decimal.text(p99, decimals: 0)) ms"
            )
        }
    }

    func checkoutBar() async {
        let name = "checkout of 3 lines, 100 customers, the filling of the carts included"
        let demand = "≥ 2,000 orders/s"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = CheckingOut.Settings()
            settings.duration = .seconds(isQuick ? 3 : 8)
            settings.seed = seed
            let reports = try await repeated { server throws(LoadFailure) in
                try await CheckingOut(on: client.loop, server, settings).run()
            }
            let rate = Median.of(reports, "orders_per_second") ?? 0
            let p99 = Median.of(reports, "latency_p99_ms") ?? .infinity
            return judge(
                name,
                demand,
                reports,
                rate >= 2000,
                "\(Decimal.text(rate, decimals: 0))/s, p99 \(Decimal.text(p99, decimals: 0)) ms"
            )
        }
    }
}
