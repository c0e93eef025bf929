import Synchronization

/// Work that several ask for at once and that is done once: a double click.
final class SharedWork: Sendable {
    typealias Outcome = Result<JSON, Rejection>

    private let underWay = Mutex<[String: Task<Outcome, Never>]>([:])

    /// Who comes while it is being done gets its success too; after a refusal everyone tries for
    /// themselves, as they may have asked for something else.
    func run(
        _ name: String,
        _ work: @escaping @Sendable () async -> Outcome
    ) async throws(Rejection) -> JSON {
        while true {
            let (task, isOwn) = underWay.withLock { underWay in
                if let task = underWay[name] { return (task, false) }
                // A task of its own: who asked may go away, the work goes on.
                let task = Task {
                    let outcome = await work()
                    self.underWay.withLock { $0[name] = nil }
                    return outcome
                }
                underWay[name] = task
                return (task, true)
            }
            let outcome = await task.value
            if isOwn { return try outcome.get() }
            if case .success(let reply) = outcome { return reply }
        }
    }
}
