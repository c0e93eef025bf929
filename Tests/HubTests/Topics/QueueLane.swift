import Dispatch
import Glibc
import Hub
import Synchronization

/// A lane on a dispatch queue: what a topic runs on where no event loop is.
final class QueueLane: Lane {
    let index = 0
    private let queue = DispatchQueue(label: "lane")
    private let thread = Mutex<pthread_t?>(nil)

    var isCurrent: Bool {
        thread.withLock { $0.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    func submit(_ work: @escaping @Sendable () -> Void) {
        queue.async { [self] in run(work) }
    }

    func submit(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
        let (seconds, attoseconds) = delay.components
        let nanoseconds = Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000)
        queue.asyncAfter(deadline: .now() + .nanoseconds(nanoseconds)) { [self] in run(work) }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        submit { [self] in job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    func checkIsolated() {
        precondition(isCurrent, "Not on this lane.")
    }

    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    private func run(_ work: @Sendable () -> Void) {
        thread.withLock { $0 = pthread_self() }
        work()
        thread.withLock { $0 = nil }
    }
}
