/// The bars of what happens to a cluster: a node that was away, a Redis that dies, a multitude.
extension Bench {
    func catchUpBar() async {
        var settings = CatchUp.Settings()
        settings.records = isQuick ? 10_000 : 100_000
        settings.seed = seed
        let name = "a node that missed \(Decimal.grouped(settings.records)) records, on disk"
        let demand = "has them all < 5 s after its start"
        await attempt(name, demand) { () throws(LoadFailure) in
            let reports = try await onClusters { cluster, _ throws(LoadFailure) in
                try await CatchUp(on: client.loop, cluster, settings).run()
            }
            let ready = Median.of(reports, "ready_seconds") ?? .infinity
            let isRead = Median.of(reports, "read_seconds") ?? .infinity
            return judge(
                name,
                demand,
                reports,
                ready < 5,
                "\(Decimal.text(ready, decimals: 1)) s to ready; a client of it has read them all "
                    + "after \(Decimal.text(isRead, decimals: 1)) s"
            )
        }
    }

    func failoverBar() async {
        let name = "a master of a Redis Cluster of six is killed, 64 rooms on 3 nodes"
        let demand = "every room takes posts < 2 s after Redis has a new master"
        await attempt(name, demand) { () throws(LoadFailure) in
            guard RedisServer.isInstalled else {
                throw LoadFailure("redis-server is not installed")
            }
            var settings = Failover.Settings()
            settings.seed = seed
            var reports: [Report] = []
            for _ in 0..<rounds {
                let redis = try RedisCluster.start()
                defer { redis.stop() }
                let cluster = try HubCluster(
                    launcher,
                    nodes: 3,
                    redis: redis.url,
                    durability: "disk"
                )
                defer { cluster.stop() }
                reports.append(
                    try await Failover(on: client.loop, cluster.whole, redis, settings).run()
                )
            }
            let replaced = Median.of(reports, "replaced_seconds") ?? .infinity
            let flowing = Median.of(reports, "flowing_seconds") ?? .infinity
            return judge(
                name,
                demand,
                reports,
                flowing < 2,
                "\(Decimal.text(flowing, decimals: 2)) s; Redis took "
                    + "\(Decimal.text(replaced, decimals: 1)) s"
            )
        }
    }

    func multitudeBar() async {
        var settings = Multitude.Settings()
        settings.connections = isQuick ? 12_000 : 100_000
        settings.seed = seed
        let name = "\(Decimal.grouped(settings.connections)) connections on 6 nodes"
        let demand = "all joined, a message to each of 1,000 rooms reaches all"
        await attempt(name, demand) { () throws(LoadFailure) in
            let report = try await withCluster(nodes: 6) { cluster, _ throws(LoadFailure) in
                try await Multitude(on: client.loop, cluster, settings).run()
            }
            let joined = report["connections"] ?? 0
            let reached = report["reached"] ?? 0
            let mib = report["rss_mib"] ?? 0
            let each = report["rss_bytes_per_connection"] ?? 0
            return judge(
                name,
                demand,
                [report],
                joined == reached && Int(joined) >= settings.connections,
                "\(Decimal.text(joined, decimals: 0)) joined in "
                    + "\(Decimal.text(report["joining_seconds"] ?? 0, decimals: 0)) s, "
                    + "\(Decimal.text(reached, decimals: 0)) reached within "
                    + "\(Decimal.text(report["reaching_seconds"] ?? 0, decimals: 1)) s; "
                    + "\(Decimal.text(mib, decimals: 0)) MiB, "
                    + "\(Decimal.text(each, decimals: 0)) B a connection"
            )
        }
    }
}
