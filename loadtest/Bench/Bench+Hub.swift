/// The bars that only the hub has to reach.
extension Bench {
    func idleBar() async {
        let count = isQuick ? 5000 : 18_000
        let name = "idle, \(Decimal.grouped(count)) connections each joined to a room"
        let demand = "≤ 2 KB resident each, < 2 % of a core"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Idle.Settings()
            settings.connections = count
            settings.duration = .seconds(isQuick ? 10 : 30)
            settings.seed = seed
            let report = try await withServer(durability: "disk") { server throws(LoadFailure) in
                try await Idle(on: client.loop, server, settings).run()
            }
            let bytes = report["rss_bytes_per_connection"] ?? .infinity
            let percent = report["core_percent"] ?? .infinity
            return judge(
                name,
                demand,
                [report],
                bytes <= 2048 && percent < 2,
                "\(Decimal.text(bytes, decimals: 0)) B each; "
                    + "\(Decimal.text(percent, decimals: 2)) % of a core"
            )
        }
    }

    func chatBar() async {
        let name = "chat, 1,000 clients in 50 rooms, 5,000 posts/s, on disk"
        let demand = "p99 post to delivery < 50 ms; nothing lost, repeated or out of order"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Chat.Settings()
            settings.duration = .seconds(isQuick ? 4 : 10)
            settings.seed = seed
            let reports = try await repeated { server throws(LoadFailure) in
                try await Chat(on: client.loop, server, settings).run()
            }
            let p99 = Median.of(reports, "latency_p99_ms") ?? .infinity
            let p50 = Median.of(reports, "latency_p50_ms") ?? .infinity
            let rate = Median.of(reports, "deliveries_per_second") ?? 0
            return judge(
                name,
                demand,
                reports,
                p99 < 50,
                "p99 \(Decimal.text(p99, decimals: 1)) ms, p50 \(Decimal.text(p50, decimals: 1)) "
                    + "ms at \(Decimal.text(rate, decimals: 0)) deliveries/s"
            )
        }
    }

    /// With one post unacknowledged each, the time from post to acknowledgement bounds the rate;
    /// with sixteen, what a post costs does.
    func durableBars() async {
        await durableBar(window: 1)
        await durableBar(window: 16)
    }

    private func durableBar(window: Int) async {
        let name = "durable posts, 200 publishers, \(window) in flight each, on disk"
        let demand = "≥ 35,700 acknowledged/s"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Durable.Settings()
            settings.window = window
            settings.duration = .seconds(isQuick ? 3 : 8)
            settings.seed = seed
            var bare: [Double] = []
            let reports = try await repeated { server throws(LoadFailure) in
                let report = try await Durable(on: client.loop, server, settings).run()
                bare.append(try BareWriter(batch: settings.publishers, seed: seed).run())
                return report
            }
            let rate = Median.of(reports, "acknowledged_per_second") ?? 0
            let writer = Median.of(bare) ?? 0
            return judge(
                name,
                demand,
                reports,
                rate >= 35_700,
                "\(Decimal.text(rate, decimals: 0))/s; "
                    + "\(Decimal.text(rate / max(writer, 1), decimals: 2)) of a bare SQLite "
                    + "writer's \(Decimal.text(writer, decimals: 0))/s"
            )
        }
    }

    func avalancheBar() async {
        let name = "avalanche, \(Decimal.grouped(isQuick ? 3000 : 10_000)) clients"
        let demand = "100 % resumed, p99 < 3 s"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Avalanche.Settings()
            settings.clients = isQuick ? 3000 : 10_000
            settings.seed = seed
            let reports = try await repeated { server throws(LoadFailure) in
                try await Avalanche(on: client.loop, server, settings).run()
            }
            let p99 = Median.of(reports, "resumed_p99_ms") ?? .infinity
            let percent = reports.compactMap { $0["resumed_percent"] }.min() ?? 0
            return judge(
                name,
                demand,
                reports,
                percent == 100 && p99 < 3000,
                "\(Decimal.text(percent, decimals: 1)) % resumed, p99 "
                    + "\(Decimal.text(p99 / 1000, decimals: 2)) s"
            )
        }
    }

    func restBar() async {
        let name = "REST read of a page of history, 100 kept-alive connections"
        let demand = "≥ 10,000/s, p95 < 50 ms"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Rest.Settings()
            settings.duration = .seconds(isQuick ? 3 : 5)
            settings.seed = seed
            let reports = try await repeated { server throws(LoadFailure) in
                try await Rest(on: client.loop, server, settings).run()
            }
            let rate = Median.of(reports, "requests_per_second") ?? 0
            let p95 = Median.of(reports, "latency_p95_ms") ?? .infinity
            return judge(
                name,
                demand,
                reports,
                rate >= 10_000 && p95 < 50,
                "\(Decimal.text(rate, decimals: 0))/s, p95 \(Decimal.text(p95, decimals: 1)) ms"
            )
        }
    }

    func repeated(
        durability: String = "disk",
        _ body: (Server) async throws(LoadFailure) -> Report
    ) async throws(LoadFailure) -> [Report] {
        var reports: [Report] = []
        for _ in 0..<rounds {
            reports.append(try await withServer(durability: durability, body))
        }
        return reports
    }

    func judge(
        _ name: String,
        _ demand: String,
        _ reports: [Report],
        _ isMet: Bool,
        _ measured: String
    ) -> Bar {
        for report in reports { keep(report) }
        let count = reports.reduce(0) { $0 + $1.violationCount }
        let suffix = count == 0 ? "" : "; \(count) violations"
        return Bar(
            name: name,
            demand: demand,
            measured: measured + suffix,
            verdict: isMet && count == 0 ? .met : .missed
        )
    }
}
