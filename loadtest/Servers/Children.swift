import Glibc
import Synchronization

/// The processes that run for us, so that a run that is told to end takes them along.
enum Children {
    private static let numbers = Mutex<Set<pid_t>>([])

    static func add(_ number: pid_t) {
        _ = numbers.withLock { $0.insert(number) }
    }

    static func remove(_ number: pid_t) {
        _ = numbers.withLock { $0.remove(number) }
    }

    static func killAll() {
        for number in numbers.withLock({ $0 }) { kill(number, SIGKILL) }
    }

    /// Waits for SIGINT and SIGTERM on a thread of its own, since a handler may do next to nothing.
    static func endWithUs() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var thread = pthread_t()
        pthread_create(
            &thread,
            nil,
            { _ in
                var signals = sigset_t()
                sigemptyset(&signals)
                sigaddset(&signals, SIGINT)
                sigaddset(&signals, SIGTERM)
                var number: Int32 = 0
                sigwait(&signals, &number)
                Children.killAll()
                exit(128 + number)
            },
            nil
        )
    }
}
