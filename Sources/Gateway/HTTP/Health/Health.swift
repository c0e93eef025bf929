import Hub
import NIOCore
import Synchronization

/// Whether the hub works, found out by trying: what `/readyz` and `/healthz?deep=1` say.
///
/// A round of probes is shared by all who ask within a second, and takes no longer than its bound:
/// a probe that hangs is a failed one.
package final class Health: Sendable {
    package struct Report: Sendable {
        package let failures: [(check: String, problem: String)]
        package let checks: [String]
    }

    private struct State {
        var isDraining = false
        var round: EventLoopFuture<Report>?
        var began = NIODeadline.distantPast
    }

    private let checks: [HealthCheck]
    private let bound: Duration
    private let lifetime: Duration
    private let loop: any EventLoop
    private let state = Mutex(State())

    package init(
        _ checks: [HealthCheck],
        on loop: any EventLoop,
        bound: Duration = .seconds(2),
        lifetime: Duration = .seconds(1)
    ) {
        self.checks = checks
        self.loop = loop
        self.bound = bound
        self.lifetime = lifetime
    }

    package var isDraining: Bool { state.withLock { $0.isDraining } }

    /// From here on the hub is not ready, so that balancers send no one.
    package func drain() {
        state.withLock { $0.isDraining = true }
    }

    package func report() async -> Report {
        let now = NIODeadline.now()
        let (round, isNew) = state.withLock { state in
            if let round = state.round, now - state.began < TimeAmount(lifetime) {
                return (round, nil as EventLoopPromise<Report>?)
            }
            let promise = loop.makePromise(of: Report.self)
            state.round = promise.futureResult
            state.began = now
            return (promise.futureResult, promise)
        }
        if let isNew { begin(isNew) }
        let none = Report(failures: [], checks: [])
        return (try? await round.get()) ?? none
    }

    private func begin(_ promise: EventLoopPromise<Report>) {
        let names = checks.map(\.name)
        let results = checks.map { check in
            let outcome = loop.makePromise(of: String?.self)
            // Whichever is first counts; the other finds the promise kept.
            loop.scheduleTask(in: TimeAmount(bound)) { outcome.succeed("no answer in time") }
            outcome.completeWithTask { await check.probe() }
            return outcome.futureResult
        }
        EventLoopFuture.whenAllSucceed(results, on: loop).map { problems in
            let failures = zip(names, problems).compactMap { name, problem in
                problem.map { (check: name, problem: $0) }
            }
            return Report(failures: failures, checks: names)
        }.cascade(to: promise)
    }
}
