/// The bars of fan-out, beside the peers: servers take turns, so that what else the machine does
/// falls on all of them.
extension Bench {
    /// The reports of each kind of server; of one that isn't installed there are none.
    private func fanOut(
        members: Int,
        inFlight: Int
    ) async throws(LoadFailure) -> [ServerKind: [Report]] {
        var reports: [ServerKind: [Report]] = [:]
        var settings = FanOut.Settings()
        settings.members = members
        settings.inFlight = inFlight
        settings.duration = .seconds(isQuick ? 2 : 5)
        settings.seed = seed
        for _ in 0..<rounds {
            for kind in ServerKind.allCases where kind.isInstalled {
                let report = try await withServer(kind, durability: "os") {
                    server throws(LoadFailure) in
                    try await FanOut(on: client.loop, server, settings).run()
                }
                keep(report)
                reports[kind, default: []].append(report)
            }
        }
        return reports
    }

    func fanOutBars() async {
        let wide = "fan-out, 64 B to 1,000 members, 64 in flight"
        let wideDemand =
            "≥ 1.5 × NATS's and ≥ 10 × nchan's deliveries/s, ≤ 0.6 × NATS's CPU each"
        await attempt(wide, wideDemand) { () throws(LoadFailure) in
            let found = try await fanOut(members: 1000, inFlight: 64)
            let checks = [
                ratio(found, "deliveries_per_second", .nats) { $0 >= 1.5 },
                ratio(found, "deliveries_per_second", .nchan) { $0 >= 10 },
                ratio(found, "server_us_per_delivery", .nats) { $0 <= 0.6 },
            ]
            return bar(wide, wideDemand, found, checks)
        }
        let single = "the same, 1 in flight"
        let singleDemand = "CPU per delivery ≤ 0.8 × nchan's and ≤ 0.75 × NATS's"
        await attempt(single, singleDemand) { () throws(LoadFailure) in
            let found = try await fanOut(members: 1000, inFlight: 1)
            let checks = [
                ratio(found, "server_us_per_delivery", .nchan) { $0 <= 0.8 },
                ratio(found, "server_us_per_delivery", .nats) { $0 <= 0.75 },
            ]
            return bar(single, singleDemand, found, checks)
        }
        let large = "10,000 members, 2 in flight"
        let largeDemand = "CPU per delivery ≤ 0.5 × nchan's and NATS's"
        await attempt(large, largeDemand) { () throws(LoadFailure) in
            let found = try await fanOut(members: 10_000, inFlight: 2)
            let checks = [
                ratio(found, "server_us_per_delivery", .nchan) { $0 <= 0.5 },
                ratio(found, "server_us_per_delivery", .nats) { $0 <= 0.5 },
            ]
            return bar(large, largeDemand, found, checks)
        }
    }

    private typealias Check = (text: String, isMet: Bool?)

    /// How the hub's median stands to a peer's.
    private func ratio(
        _ found: [ServerKind: [Report]],
        _ figure: String,
        _ peer: ServerKind,
        _ isMet: (Double) -> Bool
    ) -> Check {
        guard let ours = Median.of(found[.hub] ?? [], figure),
            let theirs = Median.of(found[peer] ?? [], figure), theirs > 0
        else { return ("\(peer.rawValue) not installed", nil) }
        let what = figure.hasPrefix("server") ? "CPU" : "rate"
        let ratio = ours / theirs
        return ("\(what) \(Decimal.text(ratio, decimals: 2)) × \(peer.rawValue)", isMet(ratio))
    }

    private func bar(
        _ name: String,
        _ demand: String,
        _ found: [ServerKind: [Report]],
        _ checks: [Check]
    ) -> Bar {
        let figures = ServerKind.allCases.compactMap { kind -> String? in
            guard let rate = Median.of(found[kind] ?? [], "deliveries_per_second"),
                let cost = Median.of(found[kind] ?? [], "server_us_per_delivery")
            else { return nil }
            return "\(kind.rawValue) \(Decimal.text(rate, decimals: 0))/s at "
                + "\(Decimal.text(cost, decimals: 2)) µs"
        }
        let isClean = found.values.joined().allSatisfy(\.isClean)
        let verdicts = checks.compactMap(\.isMet)
        var verdict = verdicts.allSatisfy { $0 } && isClean ? Bar.Verdict.met : .missed
        if verdict == .met, verdicts.count < checks.count { verdict = .unknown }
        let text = (checks.map(\.text) + figures).joined(separator: "; ")
        return Bar(name: name, demand: demand, measured: text, verdict: verdict)
    }
}
