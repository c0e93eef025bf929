import Synchronization

/// Work that several ask for at once and that is done once: a double click.
final class SharedWork: Sendable {
    typealias Outcome = Result<JSON, Rejection>

    /// By what is being done, who waits for its outcome.
    private let waiters = Mutex<[String: [CheckedContinuation<Outcome, Never>]]>([:])

    /// Who comes while it is being done gets its success too; after a refusal everyone tries for
    /// themselves, as they may have asked for something else.
    func run(
        _ name: String,
        _ work: () async throws(Rejection) -> JSON
    ) async throws(Rejection) -> JSON {
        while let outcome = await outcomeOfOthers(name) {
            if case .success(let reply) = outcome { return reply }
        }
        let outcome: Outcome
        do throws(Rejection) {
            outcome = .success(try await work())
        } catch {
            outcome = .failure(error)
        }
        let waiting = waiters.withLock { $0.removeValue(forKey: name) } ?? []
        for waiter in waiting { waiter.resume(returning: outcome) }
        return try outcome.get()
    }

    /// Nil when nobody is at it: then it is for the caller to do.
    private func outcomeOfOthers(_ name: String) async -> Outcome? {
        let isFree = waiters.withLock { waiters in
            guard waiters[name] == nil else { return false }
            waiters[name] = []
            return true
        }
        if isFree { return nil }
        return await withCheckedContinuation { continuation in
            let isOver = waiters.withLock { waiters in
                guard waiters[name] != nil else { return true }
                waiters[name]?.append(continuation)
                return false
            }
            // It ended in between: the next look finds it free.
            if isOver { continuation.resume(returning: .failure(.busy)) }
        }
    }
}
