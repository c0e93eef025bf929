import HTTPTypes
import Hub

/// Answers `/healthz` (the process lives), `/healthz?deep=1` and `/readyz` (the hub can work).
struct HealthResponder: Sendable {
    let health: Health

    func alive(_ call: Call) async throws(Problem) -> Answer {
        guard try call.query()["deep"] == "1" else { return .json(["status": "ok"]) }
        return answer(await health.report(), isReady: true)
    }

    /// A hub that drains is healthy and not ready.
    func ready() async -> Answer {
        answer(await health.report(), isReady: !health.isDraining)
    }

    private func answer(_ report: Health.Report, isReady: Bool) -> Answer {
        let checks = report.checks.map { name in
            let failure = report.failures.first { $0.check == name }
            return JSON.Member(name, .string(failure?.problem ?? "ok"))
        }
        let isHealthy = report.failures.isEmpty
        let status = !isHealthy ? "failing" : isReady ? "ok" : "draining"
        return .json(
            [
                "status": .string(status), "draining": .bool(health.isDraining),
                "checks": .object(checks),
            ],
            status: isHealthy && isReady ? .ok : .serviceUnavailable
        )
    }
}
