/// The bars of metric streams, beside Debian's prometheus.
extension Bench {
    func ingestBars() async {
        var settings = Ingest.Settings()
        settings.steps = isQuick ? 550 : 1000
        settings.seed = seed
        let name = "remote_write, 10,000 series, 5 senders, \(settings.steps) samples each, on disk"
        let demand = "≥ 500,000 samples a second of the server's CPU"
        var theirs: Report?
        var ours: Report?
        await attempt(name, demand) { () throws(LoadFailure) in
            let bench = IngestBench(client, settings)
            let report = try await bench.ours(launcher, durability: "disk")
            ours = report
            if PrometheusPeer.isInstalled { theirs = try await bench.theirs() }
            let rate = report["samples_per_server_cpu_second"] ?? 0
            return judge(
                name,
                demand,
                [report] + (theirs.map { [$0] } ?? []),
                rate >= 500_000,
                Self.rates("", report) + (theirs.map { Self.rates("; prometheus ", $0) } ?? "")
            )
        }
        await atRestBar(ours, theirs)
        await memoryBar()
    }

    private static func rates(_ who: String, _ report: Report) -> String {
        let each = report["samples_per_server_cpu_second"] ?? 0
        let rate = report["samples_per_second"] ?? 0
        return "\(who)\(Decimal.text(each, decimals: 0)) a CPU second, "
            + "\(Decimal.text(rate, decimals: 0))/s"
    }

    private func atRestBar(_ ours: Report?, _ theirs: Report?) async {
        let name = "the same at rest: counters of whole numbers, and gauges"
        let demand = "≤ 2.0 bytes a sample in blocks"
        await attempt(name, demand) { () throws(LoadFailure) in
            guard let ours else { throw LoadFailure("Nothing was written") }
            func figure(_ name: String, _ report: Report?) -> String {
                report?[name].map { Decimal.text($0, decimals: 2) } ?? "not measured"
            }
            let blocks = ours["block_bytes_per_sample"] ?? .infinity
            return judge(
                name,
                demand,
                [],
                blocks <= 2,
                "\(figure("block_bytes_per_sample", ours)); with the rows of minutes and hours "
                    + "and SQLite's pages \(figure("stored_bytes_per_sample", ours)); prometheus "
                    + "\(figure("block_bytes_per_sample", theirs)), with its index "
                    + figure("stored_bytes_per_sample", theirs)
            )
        }
    }

    private func memoryBar() async {
        let count = isQuick ? 20_000 : 100_000
        let name = "\(Decimal.grouped(count)) series of 60 samples"
        let demand = "≤ 2 KB of memory each"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Ingest.Settings()
            settings.label = "ingest series"
            settings.series = count
            settings.steps = 60
            settings.senders = count / 2000
            settings.seed = seed
            let report = try await IngestBench(client, settings).ours(launcher, durability: "disk")
            let bytes = report["server_bytes_per_series"] ?? .infinity
            return judge(
                name,
                demand,
                [report],
                bytes <= 2048,
                "\(Decimal.text(bytes, decimals: 0)) B, queues and caches included"
            )
        }
    }

    func queryBar() async {
        let name = "query_range, 24 h of 100 series at 15 s, 500 points"
        let demand = "p95 < 50 ms; the same number of samples as prometheus"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Querying.Settings()
            settings.rounds = isQuick ? 20 : 60
            settings.seed = seed
            let ours = try await withServer(durability: "disk") { server throws(LoadFailure) in
                try await Querying(on: client.loop, server, settings).run()
            }
            var reports = [ours]
            var isSame = true
            if PrometheusPeer.isInstalled {
                let server = try PrometheusPeer.start()
                defer { server.stop() }
                settings.label = "query prometheus"
                let theirs = try await Querying(on: client.loop, server, settings).run()
                reports.append(theirs)
                isSame = Querying.queries.allSatisfy { name, _ in
                    ours["\(name)_lists"] == theirs["\(name)_lists"]
                }
            }
            let texts = reports.map { report in
                let p50 = Decimal.text(report["latency_p50_ms"] ?? 0, decimals: 1)
                let p95 = Decimal.text(report["latency_p95_ms"] ?? 0, decimals: 1)
                return "p50 \(p50) ms, p95 \(p95) ms"
            }
            return judge(
                name,
                demand,
                reports,
                (ours["latency_p95_ms"] ?? .infinity) < 50 && isSame,
                texts.joined(separator: "; prometheus ")
            )
        }
    }

    func watchBar() async {
        let name = "1,000 viewers of 50 streams with a sample a second each, on disk"
        let demand = "p99 push to delivery < 50 ms; every sample seen once, in order"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Watching.Settings()
            settings.duration = .seconds(isQuick ? 5 : 15)
            settings.seed = seed
            let reports = try await repeated { server throws(LoadFailure) in
                try await Watching(on: client.loop, server, settings).run()
            }
            let p50 = Median.of(reports, "latency_p50_ms") ?? .infinity
            let p99 = Median.of(reports, "latency_p99_ms") ?? .infinity
            return judge(
                name,
                demand,
                reports,
                p99 < 50,
                "p50 \(Decimal.text(p50, decimals: 1)) ms, p99 \(Decimal.text(p99, decimals: 1)) ms"
            )
        }
    }
}
