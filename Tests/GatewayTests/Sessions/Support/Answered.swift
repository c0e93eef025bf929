import Synchronization

/// A value that comes later, from another thread.
final class Answered<Value: Sendable>: Sendable {
    private let stored = Mutex<Result<Value, any Error>?>(nil)

    var value: Result<Value, any Error>? { stored.withLock { $0 } }

    func set(_ value: Result<Value, any Error>) {
        stored.withLock { $0 = value }
    }
}
