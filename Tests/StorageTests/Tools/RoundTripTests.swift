import Foundation
import Hub
import JournalContract
import Storage
import Testing

/// Backups, exports and what is made of them again.
@Suite struct RoundTripTests {
    @Test("A backup restored is the same log in new epochs, and the archive answers as before")
    func backup() async throws {
        let (scratch, store, topics) = try await Self.filled(seed: 4)
        let backup = scratch.path("backup.sqlite")
        try Inspection.open(directory: scratch.path("data")).backup(to: backup)
        #expect(throws: StorageError.exists(path: backup)) {
            try Inspection.open(directory: scratch.path("data")).backup(to: backup)
        }
        let before = try await Self.records(of: topics, in: store)
        _ = try await store.journal.append(
            [
                Draft(
                    id: RecordID(5),
                    author: "ada",
                    at: Timestamp(milliseconds: 1),
                    key: nil,
                    event: ChatEvent.memberUnmuted(user: "ada")
                )
            ],
            to: topics[0],
            expecting: nil
        )
        let epochs = try await Self.epochs(of: topics, in: store)
        #expect(throws: StorageError.self) {
            try Store.restore(from: backup, to: scratch.path("data"), replacing: true)
        }
        await store.close()
        #expect(throws: StorageError.exists(path: scratch.path("data/hub.sqlite"))) {
            try Store.restore(from: backup, to: scratch.path("data"))
        }
        try Store.restore(from: backup, to: scratch.path("data"), replacing: true)
        let restored = try Store.open(directory: scratch.path("data"))
        #expect(try await Self.records(of: topics, in: restored) == before)
        let later = try await Self.epochs(of: topics, in: restored)
        #expect(zip(epochs, later).allSatisfy { $0 != $1 })
        await restored.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    @Test("An export read in elsewhere is the same log, positions included, and once is enough")
    func export() async throws {
        let (scratch, store, topics) = try await Self.filled(seed: 5)
        let lines = try Self.export(scratch.path("data"))
        let copy = try Store.open(directory: scratch.path("copy"))
        let first = try await Self.read(lines, into: copy)
        let records = try await Self.records(of: topics, in: store)
        #expect(first.stored == records.reduce(0) { $0 + $1.count })
        #expect(first.skipped == 0)
        #expect(try await Self.records(of: topics, in: copy) == records)
        #expect(
            try await Self.epochs(of: topics, in: copy) == Self.epochs(of: topics, in: store)
        )
        for topic in topics where topic.kind == .room {
            let query = HistoryQuery(anchor: .latest, limit: 200)
            let pages = try await (
                store.archive.history(of: topic, query), copy.archive.history(of: topic, query)
            )
            #expect(pages.0 == pages.1)
        }
        let second = try await Self.read(lines, into: copy)
        #expect(second.stored == 0)
        #expect(second.skipped == first.stored)
        await copy.close()
        await store.close()
        #expect(try Self.export(scratch.path("copy")) == lines)
        #expect(try Inspection.open(directory: scratch.path("copy")).verify() == [])
    }

    @Test(
        "A line that can't be read is named by its number, and its batch is not stored",
        arguments: [
            (#"{"offset":9,"id":"x","at":1,"by":"ada","type":"t","data":{}}"#, 4),
            (#"{"offset":9,"id":"9","at":1,"by":"ada","type":"t","data":[]}"#, 4),
            (#"{"offset":9,"id":"9","at":1,"by":"ada","type":"t","data":{}"#, 4),
            (#"{"topic":"nothing:x","epoch":"k3","records":1}"#, 4),
            (#"{"id":"9","at":9007199254740993,"by":"ada","type":"t","data":{}}"#, 4),
            ("\u{0}", 4), ("[]", 4),
        ]
    )
    func malformed(line: String, number: Int) async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        let lines = [
            #"{"martlet":"export","version":1}"#, #"{"topic":"user:ada","epoch":"k3","records":2}"#,
            #"{"offset":1,"id":"8","at":1,"by":"ada","type":"t","data":{}}"#, line,
        ].map { Array($0.utf8) }
        do {
            _ = try await Self.read(lines, into: store)
            Issue.record("It was read")
        } catch StorageError.malformed(let found, _) {
            #expect(found == number)
        }
        #expect(try await store.journal.head(of: Drafts.topic("ada")).offset == 0)
        await store.close()
    }

    @Test("An import begins with a header of a version that is known")
    func header() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        for lines in [[], [#"{"martlet":"export","version":2}"#], [#"{"offset":1}"#]] {
            await #expect(throws: StorageError.self) {
                try await Self.read(lines.map { Array($0.utf8) }, into: store)
            }
        }
        await store.close()
    }

    private static func filled(seed: UInt64) async throws -> (Scratch, Store, [TopicID]) {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        var dice = try ChatDice(seed: seed)
        for _ in 0..<400 {
            let thrown = dice.roll()
            _ = try await store.journal.append([thrown.draft], to: thrown.topic, expecting: nil)
        }
        let users = try ChatDice.users.map { user throws(Rejection) in try TopicID(.user, user) }
        return (scratch, store, dice.rooms + users)
    }

    private static func records(of topics: [TopicID], in store: Store) async throws -> [[Record]] {
        var all: [[Record]] = []
        for topic in topics {
            all.append(try await store.journal.read(topic, after: 0, limit: 100_000))
        }
        return all
    }

    private static func epochs(of topics: [TopicID], in store: Store) async throws -> [Epoch] {
        var all: [Epoch] = []
        for topic in topics { all.append(try await store.journal.head(of: topic).epoch) }
        return all
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
