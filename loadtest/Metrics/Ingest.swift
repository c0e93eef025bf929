import Foundation
import Reactor

/// remote_write by several senders, each with a share of the series and one request under way; then
/// what came is counted, and weighed on the disk. One per run.
actor Ingest: LoopActor {
    struct Settings: Sendable {
        var label = "ingest"
        var series = 10_000
        var senders = 5
        /// Samples of each series; two blocks of the hub's, and the late window.
        var steps = 1000
        var interval: Int64 = 15_000
        var seed: UInt64 = 1
    }

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
        let fleet = MetricFleet(count: settings.series, seed: settings.seed)
        let messages = WriteMessages(fleet)
        let now = Int64(Date().timeIntervalSince1970 * 1000)
        let start = now - Int64(settings.steps + 4) * settings.interval
        let crowd = SenderCrowd(settings, messages, startingAt: start, server.port, violations)
        for (number, sender) in crowd.senders.enumerated() {
            try sender.wire.open(server.dialer, number: number, on: loop)
        }
        let measurement = Measurement(server)
        crowd.begin()
        _ = await settle(within: .seconds(600)) {
            crowd.isDone || violations.count > 0
        }
        let outcome = measurement.end()
        let samples = settings.series * settings.steps
        violations.require(crowd.isDone, "Not everything could be sent")
        try await check(fleet, crowd, until: now)

        var report = Report(settings.label, seed: settings.seed)
        report.add("series", settings.series)
        report.add("senders", settings.senders)
        report.add("samples", per: "sample", count: samples, outcome)
        let cpu = max(outcome.server.cpuSeconds, 0.001)
        report.add("samples_per_server_cpu_second", Double(samples) / cpu, decimals: 0)
        let grown = Double(outcome.server.anonymousBytes) / Double(settings.series)
        report.add("server_bytes_per_series", grown, decimals: 0)
        report.add("latency", crowd.latency)
        report.add(violations)
        for sender in crowd.senders { sender.wire.cut() }
        return report
    }

    /// Some machines' series have as many samples as were sent, and the last of them its value.
    private func check(
        _ fleet: MetricFleet,
        _ crowd: SenderCrowd,
        until now: Int64
    ) async throws(LoadFailure) {
        let wire = crowd.senders[0].wire
        let span = Int64(settings.steps + 8) * settings.interval / 1000
        let instances = settings.series / MetricFleet.perInstance
        for instance in Set([0, instances / 2, max(instances - 1, 0)]) {
            let selector = "{instance=\"\(MetricFleet.instance(instance))\",job=~\"load-.*\"}"
            let query =
                "sum(count_over_time(load_requests_total\(selector)[\(span)s]))"
                + " + sum(count_over_time(load_queue_length\(selector)[\(span)s]))"
            let request = MetricQuery.instant(query, at: now, port: server.port)
            var found: Double?
            wire.ask(request) { found = MetricQuery.scalar($0.body) }
            _ = await settle(within: .seconds(30)) { found != nil }
            let expected = min(MetricFleet.perInstance, settings.series) * settings.steps
            violations.require(
                found == Double(expected),
                "Instance \(instance) has \(found ?? -1) samples instead of \(expected)"
            )
        }
    }
}
