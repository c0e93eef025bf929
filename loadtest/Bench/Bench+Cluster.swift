/// The bars of several nodes on one Redis, all on this machine.
extension Bench {
    func withCluster<Value>(
        nodes: Int = 3,
        durability: String = "disk",
        _ body: (HubCluster, RedisServer) async throws(LoadFailure) -> Value
    ) async throws(LoadFailure) -> Value {
        guard RedisServer.isInstalled else { throw LoadFailure("redis-server is not installed") }
        let redis = try RedisServer.start()
        defer { redis.stop() }
        let cluster = try HubCluster(
            launcher,
            nodes: nodes,
            redis: "redis://127.0.0.1:\(redis.port)",
            durability: durability
        )
        defer { cluster.stop() }
        return try await body(cluster, redis)
    }

    func onClusters(
        nodes: Int = 3,
        durability: String = "disk",
        _ body: (HubCluster, RedisServer) async throws(LoadFailure) -> Report
    ) async throws(LoadFailure) -> [Report] {
        var reports: [Report] = []
        for _ in 0..<rounds {
            reports.append(
                try await withCluster(nodes: nodes, durability: durability, body)
            )
        }
        return reports
    }

    func relayBars() async {
        for rooms in [1, 10, 50] { await relayBar(rooms: rooms) }
    }

    private func relayBar(rooms: Int) async {
        let name = "a post seen on the other of 2 nodes, 2,000 posts/s, rooms: \(rooms)"
        let demand = "added latency p99 < 5 ms"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Relay.Settings()
            settings.rooms = rooms
            settings.duration = .seconds(isQuick ? 3 : 8)
            settings.seed = seed
            // Beside it a hub without a cluster, whose other half of readers is where the first is.
            let alone = try await repeated(durability: "os") { server throws(LoadFailure) in
                try await Relay(on: client.loop, home: server, away: server, settings).run()
            }
            let reports = try await onClusters(nodes: 2, durability: "os") {
                cluster,
                _ throws(LoadFailure) in
                try await Relay(
                    on: client.loop,
                    home: cluster.of(0..<1),
                    away: cluster.of(1..<2),
                    settings
                ).run()
            }
            let between = Median.of(reports, "between_p99_ms") ?? .infinity
            let away = Median.of(reports, "away_p99_ms") ?? .infinity
            let single = Median.of(alone, "away_p99_ms") ?? 0
            return judge(
                name,
                demand,
                reports + alone,
                between < 5 && away - single < 5,
                "\(Decimal.text(between, decimals: 2)) ms after its own node; post to delivery "
                    + "\(Decimal.text(away, decimals: 2)) ms, on one hub without Redis "
                    + "\(Decimal.text(single, decimals: 2)) ms"
            )
        }
    }

    func spreadBars() async {
        for rooms in [10, 50] { await spreadBar(rooms: rooms) }
    }

    private func spreadBar(rooms: Int) async {
        let name =
            "durable posts, 3 nodes, 200 publishers in \(rooms) rooms, 16 in flight each"
        let demand = "≥ 10,000 acknowledged/s"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Durable.Settings()
            settings.rooms = rooms
            settings.window = 16
            settings.duration = .seconds(isQuick ? 3 : 8)
            settings.seed = seed
            let reports = try await onClusters { cluster, redis throws(LoadFailure) in
                let before = redis.process.usage
                var report = try await Durable(on: client.loop, cluster.whole, settings).run()
                report.add("redis_cpu_seconds", (redis.process.usage - before).cpuSeconds)
                return report
            }
            let rate = Median.of(reports, "acknowledged_per_second") ?? 0
            let cost = Median.of(reports, "server_us_per_post") ?? 0
            return judge(
                name,
                demand,
                reports,
                rate >= 10_000,
                "\(Decimal.text(rate, decimals: 0))/s, \(Decimal.text(cost, decimals: 0)) µs of "
                    + "all nodes each"
            )
        }
    }

    func hotBar() async {
        let name = "reserve and commit on one item, 800 customers on 3 nodes"
        let demand = "≥ 3,000 reservations/s, none oversold"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Buying.Settings()
            settings.customers = 800
            settings.duration = .seconds(isQuick ? 3 : 8)
            settings.seed = seed
            let reports = try await onClusters { cluster, _ throws(LoadFailure) in
                try await Buying(on: client.loop, cluster.whole, settings).run()
            }
            // Each purchase is a reservation and its commit.
            let rate = (Median.of(reports, "acknowledged_per_second") ?? 0) / 2
            let share = Median.of(reports, "smallest_node_share") ?? 0
            let p99 = Median.of(reports, "latency_p99_ms") ?? .infinity
            return judge(
                name,
                demand,
                reports,
                rate >= 3000,
                "\(Decimal.text(rate, decimals: 0))/s and as many commits, p99 "
                    + "\(Decimal.text(p99, decimals: 0)) ms; the slowest node has "
                    + "\(Decimal.text(share * 100, decimals: 0)) % of them"
            )
        }
    }

    func wideBars() async {
        for inFlight in [64, 1] { await wideBar(inFlight: inFlight) }
    }

    private func wideBar(inFlight: Int) async {
        let count = isQuick ? 1000 : 5000
        let name =
            "fan-out, 3 nodes × \(Decimal.grouped(count)) members of one room, "
            + "\(inFlight) in flight"
        let demand = "deliveries per CPU second ≥ 90 % of one hub's with as many on one node"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = FanOut.Settings()
            settings.inFlight = inFlight
            settings.duration = .seconds(isQuick ? 2 : 5)
            settings.seed = seed
            settings.members = count
            var alone: [Report] = []
            var reports: [Report] = []
            for _ in 0..<rounds {
                settings.members = count
                alone.append(
                    try await withServer(durability: "disk") { server throws(LoadFailure) in
                        try await FanOut(on: client.loop, server, settings).run()
                    }
                )
                settings.members = count * 3
                reports.append(
                    try await withCluster { cluster, _ throws(LoadFailure) in
                        try await FanOut(on: client.loop, cluster.whole, settings).run()
                    }
                )
            }
            let single = Median.of(alone, "server_us_per_delivery") ?? 0
            let cost = Median.of(reports, "server_us_per_delivery") ?? .infinity
            let rate = Median.of(reports, "deliveries_per_second") ?? 0
            return judge(
                name,
                demand,
                alone + reports,
                single / cost >= 0.9,
                "\(Decimal.text(single / cost * 100, decimals: 0)) %: "
                    + "\(Decimal.text(cost, decimals: 2)) µs each, one hub "
                    + "\(Decimal.text(single, decimals: 2)) µs; "
                    + "\(Decimal.text(rate, decimals: 0))/s"
            )
        }
    }
}
