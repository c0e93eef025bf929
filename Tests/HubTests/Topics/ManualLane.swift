import Glibc
import Hub
import Synchronization

/// A lane that runs when a test says so, on the test's thread, with a clock moved by hand.
final class ManualLane: Lane {
    private struct Timer {
        let due: Duration
        let number: Int
        let work: @Sendable () -> Void
    }

    private struct State {
        var work: [@Sendable () -> Void] = []
        var timers: [Timer] = []
        var now: Duration = .zero
        var timerCount = 0
        var thread: pthread_t?
    }

    let index: Int
    private let state = Mutex(State())

    init(index: Int = 0) {
        self.index = index
    }

    var isCurrent: Bool {
        state.withLock { $0.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    func submit(_ work: @escaping @Sendable () -> Void) {
        state.withLock { $0.work.append(work) }
    }

    func submit(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.timerCount += 1
            state.timers.append(
                Timer(due: state.now + delay, number: state.timerCount, work: work)
            )
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        submit { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    func checkIsolated() {
        precondition(isCurrent, "Not on this lane.")
    }

    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    /// Runs what waits, and what that brings, until the condition holds. False after ten seconds.
    func run(until condition: () -> Bool) async -> Bool {
        for _ in 0..<10_000 {
            while let work = state.withLock({ $0.work.isEmpty ? nil : $0.work.removeFirst() }) {
                perform(work)
            }
            if condition() { return true }
            // The journal answers from another thread, which this one must not keep from running.
            try? await Task.sleep(for: .milliseconds(1))
        }
        return false
    }

    /// Moves the clock on and runs the timers that come due, in order.
    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now += duration
            let due = state.timers.filter { $0.due <= state.now }
            state.timers.removeAll { $0.due <= state.now }
            return due.sorted { ($0.due, $0.number) < ($1.due, $1.number) }
        }
        for timer in due { perform(timer.work) }
    }

    private func perform(_ work: @Sendable () -> Void) {
        state.withLock { $0.thread = pthread_self() }
        work()
        state.withLock { $0.thread = nil }
    }
}
