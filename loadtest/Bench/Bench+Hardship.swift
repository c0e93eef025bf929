/// The bars of bad times: slow readers, crashes, a cold start.
extension Bench {
    /// What the server's memory may differ by from a run without slow readers, and still not grow.
    private static var growthAllowed: Double { 4 }

    func slowBar() async {
        let name = "1 % of the readers take 1 KB/s"
        let demand = "others' p99 within 20 %, server memory doesn't grow"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = SlowReaders.Settings()
            // Long enough for the caches to be full before the half that is measured.
            settings.duration = .seconds(isQuick ? 24 : 90)
            settings.seed = seed
            var all: [Report] = []
            var ratios: [Double] = []
            var growths: [Double] = []
            for _ in 0..<rounds {
                let with = try await slow(settings, 10)
                let without = try await slow(settings, 0)
                all += [with, without]
                let quiet = without["others_p99_ms"] ?? 0
                ratios.append((with["others_p99_ms"] ?? .infinity) / max(quiet, 0.001))
                growths.append(
                    (with["memory_growth_mib"] ?? .infinity) - (without["memory_growth_mib"] ?? 0)
                )
            }
            let ratio = Median.of(ratios) ?? .infinity
            let growth = Median.of(growths) ?? .infinity
            return judge(
                name,
                demand,
                all,
                ratio <= 1.2 && growth < Self.growthAllowed,
                "others' p99 \(Decimal.text(ratio, decimals: 2)) × that without; memory grew by "
                    + "\(Decimal.text(growth, decimals: 1)) MiB more"
            )
        }
    }

    private func slow(
        _ settings: SlowReaders.Settings,
        _ count: Int
    ) async throws(LoadFailure) -> Report {
        var settings = settings
        settings.slow = count
        return try await withServer(durability: "disk") { [settings] server throws(LoadFailure) in
            try await SlowReaders(on: client.loop, server, settings).run()
        }
    }

    func crashBar() async {
        let count = isQuick ? 5 : 20
        let name = "crash, \(count) rounds"
        let demand = "every acknowledged message once, in order; no other"
        await attempt(name, demand) { () throws(LoadFailure) in
            var settings = Crash.Settings()
            settings.rounds = count
            settings.seed = seed
            let report = try await Crash(on: client.loop, launcher, settings).run()
            let acknowledged = Int(report["acknowledged"] ?? 0)
            return judge(
                name,
                demand,
                [report],
                acknowledged > 0,
                "\(Decimal.grouped(acknowledged)) acknowledged, all there once and in order"
            )
        }
    }

    func startBar() async {
        let name = "first byte after start, empty data"
        let demand = "< 300 ms"
        await attempt(name, demand) { () throws(LoadFailure) in
            var starts: [Double] = []
            for _ in 0..<5 {
                starts.append(
                    try await withServer(durability: "disk") { server throws(LoadFailure) in
                        server.startMilliseconds
                    }
                )
            }
            let middle = Median.of(starts) ?? .infinity
            return judge(
                name,
                demand,
                [],
                middle < 300,
                "\(Decimal.text(middle, decimals: 0)) ms"
            )
        }
    }
}
