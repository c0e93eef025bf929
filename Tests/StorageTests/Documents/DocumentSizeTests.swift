import Hub
import JournalContract
import Synchronization
import Testing

@testable import Storage

/// If these fail, a document that is edited for long fills the disk.
@Suite("What documents take on the disk")
struct DocumentSizeTests {
    private static let edits = 5_000
    /// Below it a log is not worth a snapshot.
    private static let constant = 32 << 10

    @Test("After many single edits a document takes at most twice its state, and nothing is lost")
    func size() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let desk = try DocumentDesk(store)
        var random = SeededGenerator(seed: 7)
        var length = 0
        for _ in 0..<Self.edits / 500 {
            try await desk.edit((0..<500).map { _ in Self.edit(&length, &random) })
        }
        let state = try await desk.state()
        #expect(state.count > Self.constant, "Too little was written to tell anything.")
        var stored = Int.max
        // The last snapshot is saved after the answers.
        for _ in 0..<500 where stored > 2 * state.count + Self.constant {
            stored = try await Self.size(of: store)
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(stored <= 2 * state.count + Self.constant, "\(state.count) bytes of state")
        #expect(stored >= state.count)
        let head = try await store.journal.head(of: desk.topic)
        // The hub has kept one version by itself.
        let versions = try await store.documents.versions(of: desk.topic, before: nil, limit: 9)
        #expect(versions.map(\.name) == [nil])
        #expect(head.offset == Offset(Self.edits + 1))
        #expect(try await DocumentDesk(store).state() == state)
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    /// Typing in random places, and now and then a deletion, by five users.
    private static func edit(
        _ length: inout Int,
        _ random: inout SeededGenerator
    ) -> (user: String, operation: JSON) {
        let user = "user-\(Int.random(in: 0..<5, using: &random))"
        let index = Int.random(in: 0...length, using: &random)
        if Int.random(in: 0..<8, using: &random) == 0, index < length {
            length -= 1
            let operation: JSON = [
                "op": "delete", "root": "t", "index": .int(Int64(index)), "length": 1,
            ]
            return (user, operation)
        }
        let text = String("abcdef".prefix(Int.random(in: 1...6, using: &random)))
        length += text.utf8.count
        let operation: JSON = [
            "op": "insert", "root": "t", "index": .int(Int64(index)), "text": .string(text),
        ]
        return (user, operation)
    }

    /// Bytes of all rows but those of versions. A row's integers and its entry in an index take
    /// some 40.
    private static func size(of store: Store) async throws -> Int {
        let size = Mutex<Int64?>(nil)
        try await store.run { connection in
            let sum = try? connection.statement(
                """
                SELECT (SELECT coalesce(sum(40 + length(author) + length(type)
                        + coalesce(length(key), 0) + length(payload)), 0) FROM records)
                    + (SELECT count(*) * 24 FROM keys)
                    + (SELECT coalesce(sum(40 + length(author) + length(type) + length(key)), 0)
                        FROM forgotten)
                    + (SELECT coalesce(sum(length(state)), 0) FROM snapshots)
                """
            ).first { $0.int(0) }
            size.withLock { $0 = sum }
        }
        return Int(try #require(size.withLock { $0 }))
    }
}
