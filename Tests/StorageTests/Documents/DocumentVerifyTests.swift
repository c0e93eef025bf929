import Hub
import Testing

@testable import Storage

/// If these fail, damage to documents is found when somebody misses them.
@Suite("Checks of what is kept of documents")
struct DocumentVerifyTests {
    private static let edit: JSON = [
        "data": ["operations": [["op": "insert", "root": "t", "index": 0, "text": "word "]]]
    ]

    /// A damage, and a word of the sentence that it is told in.
    private static let damages: [(sql: String, expected: String)] = [
        ("UPDATE documents SET title = 'another'", "rows of documents"),
        ("UPDATE documents SET updates = updates + 1", "rows of documents"),
        ("DELETE FROM documents", "rows of documents"),
        ("INSERT INTO documents SELECT 999, 'x', '', 0, '', 0, '', 0, NULL", "rows of documents"),
        ("UPDATE documents SET deleted_at = 1", "which was deleted"),
        ("UPDATE versions SET state = x'00'", "can't be read"),
        ("UPDATE versions SET state = x'', offset = 1", "can't be made any more"),
        ("UPDATE versions SET name = 'another'", "rows of versions"),
        ("DELETE FROM versions", "rows of versions"),
        ("UPDATE versions SET topic = 999", "belongs to no document"),
        ("UPDATE versions SET offset = 999", "ends before Version"),
        ("UPDATE forgotten SET topic = 999", "belongs to no topic"),
        ("UPDATE forgotten SET offset = 999", "is from after"),
        ("UPDATE snapshots SET state = x'00'", "The snapshot of doc:notes can't be read"),
        ("UPDATE snapshots SET offset = 999", "ends before its snapshot"),
        ("UPDATE snapshots SET offset = 1", "that no snapshot holds"),
        ("DELETE FROM snapshots", "that no snapshot holds"),
        ("UPDATE snapshots SET topic = 999", "belongs to no topic"),
    ]

    /// A document with forgotten records and later ones, a snapshot and a version.
    private static func store(in directory: String) async throws -> Store {
        let store = try Store.open(directory: directory, durability: .os)
        let desk = try DocumentDesk(store)
        try await desk.ask("create", ["data": ["title": "Draft"]], key: "made")
        try await desk.ask("edit", edit, key: "once", by: "bob")
        _ = try await DocumentWorkbench(store.journal).compact(desk.topic)
        try await desk.ask("rename", ["data": ["title": "Notes"]])
        try await desk.ask("edit", edit)
        try await desk.ask("saveVersion", ["data": ["name": "first"]])
        return store
    }

    @Test("What is whole is found to be so, made anew or not")
    func whole() async throws {
        let scratch = try Scratch()
        let store = try await Self.store(in: scratch.path("data"))
        let listed = try await store.documents.documents(after: nil, limit: 10)
        #expect(listed.map(\.updates) == [2])
        try await store.rebuildProjections()
        #expect(try await store.documents.documents(after: nil, limit: 10) == listed)
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    @Test("Every damage is told", arguments: damages)
    func damage(sql: String, expected: String) async throws {
        let scratch = try Scratch()
        let store = try await Self.store(in: scratch.path("data"))
        try await store.run { connection in try? connection.execute(sql) }
        await store.close()
        let problems = try Inspection.open(directory: scratch.path("data")).verify()
        #expect(problems.contains { $0.contains(expected) }, "\(problems)")
    }
}
