/// Carries out one command and waits for its outcome: what REST and tools call.
package protocol Performer: Sendable {
    func perform(_ ask: Ask) async throws(Rejection) -> JSON
}

extension Router: Performer {
    package func perform(_ ask: Ask) async throws(Rejection) -> JSON {
        if Self.isShopping(ask) {
            return try await withTaskExecutorPreference(tasks(for: ask, .none)) {
                () async throws(Rejection) -> JSON in
                try await consult(ask)
            }
        }
        if Self.isConsultation(ask.action) { return try await consult(ask) }
        let outcome = await withCheckedContinuation { continuation in
            submit(ask, .caller { continuation.resume(returning: $0) })
        }
        return try outcome.get()
    }
}
