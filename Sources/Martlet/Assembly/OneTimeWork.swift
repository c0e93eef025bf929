import Synchronization

/// Work that is begun once, somewhere, and waited for, elsewhere.
final class OneTimeWork: Sendable {
    private let task = Mutex<Task<Void, Never>?>(nil)

    /// Begins it; called again it does nothing.
    func begin(_ work: @escaping @Sendable () async -> Void) {
        task.withLock { task in
            if task == nil { task = Task { await work() } }
        }
    }

    /// Returns when what was begun has ended, and at once when nothing was.
    var value: Void {
        get async { await task.withLock { $0 }?.value }
    }
}
