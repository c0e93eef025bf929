import Synchronization

@testable import Cluster

/// Sleeping in a simulation's time: it ends early when the task is cancelled.
enum SimulatedClock {
    private final class Sleeper: Sendable {
        private struct State {
            var continuation: CheckedContinuation<Void, Never>?
            var isOver = false
        }

        private let state = Mutex(State())

        func wait(_ continuation: CheckedContinuation<Void, Never>) {
            let isOver = state.withLock { state in
                if !state.isOver { state.continuation = continuation }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }

        func wake() {
            let continuation = state.withLock { state in
                state.isOver = true
                defer { state.continuation = nil }
                return state.continuation
            }
            continuation?.resume()
        }
    }

    static func sleep(_ duration: Duration, on executor: SeededExecutor) async {
        let sleeper = Sleeper()
        let parts = duration.components
        executor.after(parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000) {
            sleeper.wake()
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { sleeper.wait($0) }
        } onCancel: {
            sleeper.wake()
        }
    }

    static func clockwork(_ executor: SeededExecutor) -> Clockwork {
        let start = ContinuousClock.now
        return Clockwork(
            sleep: { await sleep($0, on: executor) },
            random: { max(1, executor.random()) },
            now: { start + .microseconds(executor.now) },
            spawn: { work in _ = executor.spawn(work) }
        )
    }
}
