import Hub
import Storage
import Testing

/// If these fail, exports and imports lose what a document's forgotten records did.
@Suite("Exports of documents whose records are forgotten")
struct TrimmedRoundTripTests {
    private static let edit: JSON = [
        "data": ["operations": [["op": "insert", "root": "t", "index": 0, "text": "once "]]]
    ]

    @Test(
        "An import has the same state, list, positions and used keys, and once is enough",
        arguments: [false, true]
    )
    func export(hasLaterRecords: Bool) async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let desk = try DocumentDesk(store)
        try await desk.ask("create", ["data": ["title": "Draft"]], key: "made")
        try await desk.ask("rename", ["data": ["title": "Notes"]])
        let first = try await desk.ask("edit", Self.edit, key: "once", by: "bob")
        try await desk.ask("edit", Self.edit)
        let count = try await DocumentWorkbench(store.journal).compact(desk.topic)
        #expect(count == 4)
        if hasLaterRecords { try await desk.ask("edit", Self.edit, key: "later") }
        let state = try await desk.state()
        let listed = try await store.documents.documents(after: nil, limit: 10)
        #expect(listed.map(\.title) == ["Notes"])
        let lines = try Self.export(scratch.path("data"))

        let copy = try Store.open(directory: scratch.path("copy"), durability: .os)
        let summary = try await Self.read(lines, into: copy)
        #expect(summary.stored == (hasLaterRecords ? 1 : 0))
        let copied = try DocumentDesk(copy)
        #expect(try await copied.state() == state)
        #expect(try await copy.documents.documents(after: nil, limit: 10) == listed)
        let again = try await copied.ask("edit", Self.edit, key: "once", by: "bob")
        #expect(again["position"] == first["position"])
        #expect(try await copied.state() == state)
        #expect(try await Self.read(lines, into: copy).stored == 0)
        await copy.close()
        await store.close()
        #expect(try Self.export(scratch.path("copy")) == lines)
        for directory in ["data", "copy"] {
            #expect(try Inspection.open(directory: scratch.path(directory)).verify() == [])
        }
    }

    @Test("A deleted document stays deleted in an import")
    func deleted() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let desk = try DocumentDesk(store)
        try await desk.ask("edit", Self.edit)
        try await desk.ask("delete")
        await store.close()
        // By itself: the topic that was used forgets records, too.
        let alone = try Store.open(directory: scratch.path("data"), durability: .os)
        _ = try await DocumentWorkbench(alone.journal).compact(desk.topic)
        let lines = try Self.export(scratch.path("data"))
        await alone.close()
        let copy = try Store.open(directory: scratch.path("copy"), durability: .os)
        _ = try await Self.read(lines, into: copy)
        #expect(try await copy.documents.documents(after: nil, limit: 10).isEmpty)
        let copied = try DocumentDesk(copy)
        await #expect(throws: Rejection.self) { try await copied.state() }
        await copy.close()
    }

    private static func export(_ directory: String) throws -> [[UInt8]] {
        var bytes: [UInt8] = []
        try Inspection.open(directory: directory).export { piece throws(StorageError) in
            bytes += piece
        }
        return bytes.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    private static func read(_ lines: [[UInt8]], into store: Store) async throws -> ImportSummary {
        var rest = lines[...]
        return try await store.importRecords { () throws(StorageError) in rest.popFirst() }
    }
}
