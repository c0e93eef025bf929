import CRDT
import Hub

/// A document on a bench, and an editor of it.
final class DocumentBench {
    let bench: TopicBench
    let journal: InMemoryJournal
    static let topic = "doc:notes"

    init(journal: InMemoryJournal = InMemoryJournal(), settings: TopicSettings = TopicSettings()) {
        self.journal = journal
        bench = TopicBench(settings: settings, journal: journal)
    }

    func ask(
        _ action: String,
        _ data: JSON = [:],
        key: String? = nil,
        by user: String = "ada"
    ) async throws -> JSON {
        let outcome = try await bench.perform(action, to: Self.topic, data, key: key, by: user)
        return try (outcome ?? .failure(.unavailable)).get()
    }

    /// With fields beside `data`.
    func inquire(_ action: String, _ fields: JSON) async throws -> JSON {
        let outcome = Box<Result<JSON, Rejection>>()
        let ask = Ask(
            action: action,
            topic: try TopicID(Self.topic),
            fields: fields,
            principal: TopicBench.principal("ada")
        )
        bench.router.submit(ask, .caller { outcome.put($0) })
        _ = await bench.lane.run { outcome.value != nil }
        return try (outcome.value ?? .failure(.unavailable)).get()
    }

    func rejection(
        _ action: String,
        _ data: JSON,
        key: String? = nil
    ) async throws -> Rejection? {
        do {
            _ = try await ask(action, data, key: key)
            return nil
        } catch {
            return error as? Rejection
        }
    }

    @discardableResult
    func update(_ bytes: [UInt8], by user: String = "ada") async throws -> JSON {
        try await ask("update", ["update": .bytes(bytes)], by: user)
    }

    func edit(_ operations: JSON...) async throws -> JSON {
        try await ask("edit", ["operations": .array(operations)])
    }

    /// The document as the topic has it.
    func document() async throws -> YDocument {
        let reply = try await ask("state")
        let document = YDocument()
        document.apply(try YUpdate(v1: reply["state"]?.binary ?? []))
        return document
    }

    func records() async throws -> [Record] {
        try await journal.read(try TopicID(Self.topic), after: 0, limit: .max)
    }

    /// Another hub on the same journal.
    func restarted() -> DocumentBench { DocumentBench(journal: journal) }
}

extension YDocument {
    /// The update of typing a text at a place.
    func type(_ text: String, at index: Int, as client: UInt64, in root: String = "t") -> [UInt8] {
        let update = try? edit(client: client) { edit throws(YEditError) in
            try edit.insert(text, at: index, in: .root(root))
        }
        return (update ?? nil) ?? []
    }
}
