import Foundation
import Reactor

/// A day of a hundred series is written, and then asked for at 500 points, again and again by one
/// dashboard. One per run.
actor Querying: LoopActor {
    struct Settings: Sendable {
        var label = "query"
        var series = 100
        var hours = 24
        var interval: Int64 = 15_000
        var points = 500
        var rounds = 60
        var seed: UInt64 = 1
    }

    /// What panels ask for, by the name in the report. Half of the series are of each metric.
    static let queries = [
        ("selector", "load_queue_length"),
        ("rate", "sum by (job) (rate(load_requests_total[5m]))"),
        ("average", "avg_over_time(load_queue_length[5m])"),
        ("everything", "sum by (region) ({job=~\"load-.*\"})"),
    ]

    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private let server: Server
    private let settings: Settings
    private let violations = Violations()

    init(on loop: EventLoop, _ server: Server, _ settings: Settings) {
        self.loop = loop
        self.server = server
        self.settings = settings
    }

    func run() async throws(LoadFailure) -> Report {
        let wire = Requester(violations: violations)
        try wire.open(server.dialer, number: 0, on: loop)
        let end = Int64(Date().timeIntervalSince1970) / 60 * 60
        let span = Int64(settings.hours) * 3600
        try await fill(wire, from: (end - span) * 1000)
        // So that what is sealed is put away, and the answer comes from there.
        await pause(.seconds(6))

        var report = Report(settings.label, seed: settings.seed)
        report.add("series", settings.series)
        report.add("samples", settings.series * Int(span * 1000 / settings.interval))
        report.add("points", settings.points)
        let step = Double(span) / Double(settings.points)
        var all = Histogram()
        let measurement = Measurement(server)
        for (name, query) in Self.queries {
            let request = MetricQuery.range(
                query,
                from: end - span,
                through: end,
                step: Decimal.plain(step, decimals: 3),
                port: server.port
            )
            var latency = Histogram()
            var found = 0
            for round in 0...settings.rounds {
                let answer = await ask(wire, request)
                let status = answer?.status ?? 0
                violations.require(status == 200, "\(name) is answered with \(status)")
                found = MetricQuery.lists(answer?.body ?? [])
                guard round > 0, let nanoseconds = answer?.nanoseconds else { continue }
                latency.add(nanoseconds)
                all.add(nanoseconds)
            }
            report.add("\(name)_lists", found)
            report.add("\(name)_p50_ms", latency.milliseconds(at: 0.5), decimals: 2)
            report.add("\(name)_p95_ms", latency.milliseconds(at: 0.95), decimals: 2)
        }
        let outcome = measurement.end()
        report.add("queries", per: "query", count: all.count, outcome)
        report.add("latency", all)
        report.add(violations)
        wire.cut()
        return report
    }

    private func ask(_ wire: Requester, _ request: [UInt8]) async -> HTTPAnswer? {
        var answer: HTTPAnswer?
        wire.ask(request) { answer = $0 }
        let end = Clock.now() + 60_000_000_000
        // Its time is taken where it arrives, not here.
        while answer == nil, Clock.now() < end, violations.count < 5 {
            await pause(.milliseconds(1))
        }
        return answer
    }

    /// Requests with a quarter of an hour of all series each.
    private func fill(_ wire: Requester, from start: Int64) async throws(LoadFailure) {
        let fleet = MetricFleet(count: settings.series, seed: settings.seed)
        let messages = WriteMessages(fleet)
        let steps = Int(Int64(settings.hours) * 3_600_000 / settings.interval)
        for first in stride(from: 0, to: steps, by: 60) {
            let request = messages.request(
                0..<settings.series,
                steps: first..<min(first + 60, steps),
                startingAt: start,
                interval: settings.interval,
                port: server.port
            )
            guard let status = await ask(wire, request)?.status, (200...204).contains(status)
            else { throw LoadFailure("The day could not be written") }
        }
    }
}
