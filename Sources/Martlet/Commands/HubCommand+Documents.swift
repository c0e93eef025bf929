import Hub
import Storage

/// What commands on documents have in common.
extension HubCommand {
    static func document(_ name: String) throws(Failure) -> TopicID {
        do throws(Rejection) {
            return try TopicID(.doc, name)
        } catch {
            throw Failure(.data, error.message)
        }
    }

    static func stored<Value>(
        _ work: () async throws(JournalError) -> Value
    ) async throws(Failure) -> Value {
        do throws(JournalError) {
            return try await work()
        } catch {
            throw Failure(.io, "The documents can't be read or written: \(error).")
        }
    }

    /// That document, or all of them.
    static func documents(_ name: String?, in store: Store) async throws(Failure) -> [TopicID] {
        if let name { return [try document(name)] }
        var topics: [TopicID] = []
        var after: String?
        while true {
            let page = try await stored { () async throws(JournalError) in
                try await store.documents.documents(after: after, limit: 1000)
            }
            for entry in page { topics.append(try document(entry.name)) }
            guard let last = page.last, page.count == 1000 else { return topics }
            after = last.name
        }
    }
}
