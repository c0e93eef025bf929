import Dispatch
import Hub
import Synchronization

/// What something asynchronous gives, for a test that runs on a thread of its own.
enum Waiting {
    static func value<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let outcome = Mutex<Result<Value, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task {
            let result: Result<Value, any Error>
            do {
                result = .success(try await work())
            } catch {
                result = .failure(error)
            }
            outcome.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        guard let result = outcome.withLock({ $0 }) else { throw SocketError.ended("waiting") }
        return try result.get()
    }
}

extension HubUnderTest {
    func records(_ topic: String) async throws -> [Record] {
        try await journal.read(try TopicID(topic), after: 0, limit: .max)
    }
}
