import GRDB
import Hub
import JournalContract
import Testing

@testable import Storage

/// A tail that the machine may have lost makes old positions invalid, and nothing else does.
@Suite struct UsageMarkTests {
    @Test(
        "Only after the machine ended with commits that weren't synced does a topic's epoch change",
        arguments: [
            (nil, false), ("disk another-start", false), ("os another-start", true),
        ] as [(String?, Bool)]
    )
    func epochs(mark: String?, changes: Bool) async throws {
        let scratch = try Scratch()
        var drafts = Drafts()
        // One with records, and one that was only asked for.
        let topics = [Drafts.topic("mark"), Drafts.topic("nobody")]
        let store = try Store.open(directory: scratch.path, durability: .os)
        _ = try await store.journal.append(drafts.next(1), to: topics[0], expecting: 0)
        let before = try await Self.epochs(of: topics, in: store)
        await store.close()
        let path = scratch.path(Store.fileName)
        let file = try DatabaseQueue(path: path)
        let left = try await file.write { database in
            let found = try String.fetchOne(
                database,
                sql: "SELECT value FROM settings WHERE name = 'in use'"
            )
            if let mark {
                try database.execute(
                    sql: "INSERT INTO settings VALUES ('in use', ?)",
                    arguments: [mark]
                )
            }
            return found
        }
        #expect(left == nil, "A clean end leaves no mark")
        try file.close()
        let again = try Store.open(directory: scratch.path, durability: .os)
        let after = try await Self.epochs(of: topics, in: again)
        for (after, before) in zip(after, before) { #expect((after != before) == changes) }
        await again.close()
    }

    private static func epochs(of topics: [TopicID], in store: Store) async throws -> [Epoch] {
        var epochs: [Epoch] = []
        for topic in topics { epochs.append(try await store.journal.head(of: topic).epoch) }
        return epochs
    }

    @Test("Topics that are only asked for leave nothing behind, and begin where they said")
    func questions() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        var drafts = Drafts()
        let topic = Drafts.topic("asked")
        let asked = try await store.journal.head(of: topic)
        for number in 0..<100 {
            #expect(try await store.journal.head(of: Drafts.topic("\(number)")) == asked)
        }
        let file = try DatabaseQueue(path: scratch.path(Store.fileName))
        let rows = try await file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM topics") }
        try file.close()
        #expect(rows == 0)
        _ = try await store.journal.append(drafts.next(1), to: topic, expecting: asked.offset)
        #expect(
            try await store.journal.head(of: topic) == Position(epoch: asked.epoch, offset: 1)
        )
        await store.close()
    }

    @Test("A process that was killed on a machine that runs on changes no epoch")
    func sameStart() async throws {
        let scratch = try Scratch()
        let topic = Drafts.topic("mark")
        let store = try Store.open(directory: scratch.path, durability: .os)
        let before = try await store.journal.head(of: topic)
        let copy = scratch.path("copy")
        try Inspection.open(directory: scratch.path).backup(to: copy)
        await store.close()
        // The copy has the mark of a hub that is running: as if that had been killed.
        try DatabaseFile.remove(scratch.path(Store.fileName))
        try DatabaseFile.move(copy, to: scratch.path(Store.fileName))
        let again = try Store.open(directory: scratch.path, durability: .os)
        let after = try await again.journal.head(of: topic)
        #expect(after == before)
        await again.close()
    }
}
