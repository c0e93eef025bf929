import Hub

@testable import Storage

extension Store {
    /// Runs something on the writer's thread, between two commits.
    func run(_ body: @escaping @Sendable (Connection) -> Void) async throws {
        let refusal: JournalError? = await withCheckedContinuation { done in
            let refusal = queue.submit(
                .work { connection in
                    body(connection)
                    done.resume(returning: nil)
                }
            )
            if let refusal { done.resume(returning: refusal) }
        }
        if let refusal { throw refusal }
    }
}
