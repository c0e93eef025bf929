import Foundation

/// Runs what blocks on a thread of its own, so that tests never hold up the tasks they wait for:
/// a queue of Dispatch would share its few threads with them.
func onOwnThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        let thread = Thread { continuation.resume(with: Result { try body() }) }
        thread.stackSize = 4 << 20
        thread.start()
    }
}
