import Hub
import Logging
import Storage

/// One document of a store, behind a router of its own.
final class DocumentDesk: Sendable {
    let topic: TopicID
    private let router: Router

    init(_ store: Store) throws {
        topic = try TopicID(.doc, "notes")
        router = Router(
            lanes: [QueueLane()],
            surroundings: Surroundings(
                journal: store.journal,
                ids: RecordIDs(node: 1),
                now: Store.systemTime
            ),
            archive: store.archive,
            documents: store.documents,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    @discardableResult
    func ask(
        _ action: String,
        _ fields: JSON = [:],
        key: String? = nil,
        by user: String = "ada"
    ) async throws -> JSON {
        try await router.perform(ask(action, fields, key, user))
    }

    /// Asks all at once, in order: they share turns.
    func edit(_ edits: [(user: String, operation: JSON)]) async throws {
        let outcomes = AsyncStream<Result<JSON, Rejection>>.makeStream()
        for edit in edits {
            let fields: JSON = ["data": ["operations": [edit.operation]]]
            let ask = ask("edit", fields, nil, edit.user)
            router.submit(ask, .caller { outcomes.continuation.yield($0) })
        }
        var left = edits.count
        for await outcome in outcomes.stream {
            _ = try outcome.get()
            left -= 1
            if left == 0 { break }
        }
    }

    /// In the second format.
    func state() async throws -> [UInt8] {
        try await ask("state", ["format": "v2"])["state"]?.binary ?? []
    }

    private func ask(_ action: String, _ fields: JSON, _ key: String?, _ user: String) -> Ask {
        Ask(
            action: action,
            topic: topic,
            fields: fields,
            key: key,
            principal: Principal(user: user, isGuest: false, grants: .everything)
        )
    }
}
