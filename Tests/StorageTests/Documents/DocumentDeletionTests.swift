import Hub
import Testing

@testable import Storage

/// If these fail, what was deleted is still there, or comes back in a document of the same name.
@Suite("What goes with a document")
struct DocumentDeletionTests {
    private static let edit: JSON = [
        "data": ["operations": [["op": "insert", "root": "t", "index": 0, "text": "word "]]]
    ]

    private static func delete(_ desk: DocumentDesk, in store: Store) async throws {
        // Not by the topic, which would clean up behind it.
        let draft = Draft(
            id: RecordID(.max),
            author: "bob",
            at: Store.systemTime(),
            key: nil,
            event: DocumentEvent.deleted
        )
        _ = try await store.journal.append([draft], to: desk.topic, expecting: nil)
    }

    @Test("Versions go in the transaction of the deletion, and none is made afterwards")
    func versions() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let desk = try DocumentDesk(store)
        try await desk.ask("edit", Self.edit)
        let saved = try await desk.ask("saveVersion", ["data": ["name": "first"]])
        let id = try #require(saved["versionId"]?.recordID)
        let version = try #require(try await store.documents.version(id, of: desk.topic))
        try await Self.delete(desk, in: store)
        #expect(try await store.documents.versions(of: desk.topic, before: nil, limit: 9) == [])
        let epoch = try await store.journal.head(of: desk.topic).epoch
        try await store.documents.finish(version, of: desk.topic, in: epoch)
        #expect(try await store.documents.versions(of: desk.topic, before: nil, limit: 9) == [])
        await store.close()
    }

    @Test("What stayed behind goes at the next start")
    func stray() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let desk = try DocumentDesk(store)
        try await desk.ask("edit", Self.edit)
        try await Self.delete(desk, in: store)
        try await store.run { connection in
            try? connection.execute(
                """
                INSERT INTO versions SELECT 7, id, 'left', 0, '', 1, x'0000' FROM topics
                WHERE name = 'doc:notes'
                """
            )
        }
        let found = try await store.documents.versions(of: desk.topic, before: nil, limit: 9)
        #expect(found.count == 1)
        await store.close()
        let again = try Store.open(directory: scratch.path("data"), durability: .os)
        #expect(try await again.documents.versions(of: desk.topic, before: nil, limit: 9) == [])
        await again.close()
    }

    @Test("A document that is made anew has its own beginning, and keeps its own versions")
    func anew() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let desk = try DocumentDesk(store)
        try await desk.ask("create", ["data": ["title": "First"]], by: "ada")
        try await desk.ask("saveVersion", ["data": ["name": "first"]])
        try await desk.ask("delete")
        try await desk.ask("create", ["data": ["title": "Second"]], by: "cy")
        try await desk.ask("saveVersion", ["data": ["name": "second"]])
        for _ in 0..<2 {
            let versions = try await store.documents.versions(
                of: desk.topic,
                before: nil,
                limit: 9
            )
            #expect(versions.map(\.name) == ["second"])
            let listed = try await store.documents.documents(after: nil, limit: 10)
            #expect(listed.map(\.title) == ["Second"])
            #expect(listed.map(\.createdBy) == ["cy"])
            try await store.rebuildProjections()
        }
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }
}
