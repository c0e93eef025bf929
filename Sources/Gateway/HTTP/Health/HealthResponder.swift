import HTTPTypes
import Hub

/// Answers `/healthz` (the process lives), `/healthz?deep=1` and `/readyz` (the hub can work).
struct HealthResponder: Sendable {
    let health: Health
    let cluster: (any ClusterDesk)?

    func alive(_ call: Call) async throws(Problem) -> Answer {
        guard try call.query()["deep"] == "1" else { return .json(["status": "ok"]) }
        return answer(await health.report(), isReady: true, isDeep: true)
    }

    /// A hub that drains is healthy and not ready.
    func ready() async -> Answer {
        answer(await health.report(), isReady: !health.isDraining)
    }

    private func answer(
        _ report: Health.Report,
        isReady: Bool,
        isDeep: Bool = false
    ) -> Answer {
        let checks = report.checks.map { name in
            let failure = report.failures.first { $0.check == name }
            return JSON.Member(name, .string(failure?.problem ?? "ok"))
        }
        let isHealthy = report.failures.isEmpty
        let status = !isHealthy ? "failing" : isReady ? "ok" : "draining"
        var body: JSON = [
            "status": .string(status), "draining": .bool(health.isDraining),
            "checks": .object(checks),
        ]
        if isDeep, let cluster { body.append("cluster", describe(cluster.reading)) }
        return .json(
            body,
            status: isHealthy && isReady ? .ok : .serviceUnavailable
        )
    }

    /// Numbers only: whoever asks need not be known.
    private func describe(_ reading: ClusterReading) -> JSON {
        let states = reading.partitions.map { JSON.Member($0.state, .int(Int64($0.count))) }
        return [
            "nodes": .int(Int64(reading.nodes)), "partitions": .object(states),
            "lag": .int(Int64(reading.lag)), "redisServes": .bool(reading.isServing),
            "redisKind": .string(reading.redisKind),
            "redisRoles": .array(reading.redisRoles.map { .string($0) }),
            "probeMilliseconds": reading.probeSeconds.map { .double($0 * 1000) } ?? .null,
        ]
    }
}
