import Hub
import Storage
import Testing

/// What a copy takes back is the same in memory, where the simulations are, and on the disk.
@Suite("What a copy takes back")
struct StraysTests {
    private static let topics = ["room:r", "user:u"]

    private static func record(_ number: Int, at offset: Offset, key: String? = nil) -> Record {
        Record(
            id: RecordID(Int64(number)),
            offset: offset,
            author: "ada",
            at: Timestamp(milliseconds: 1_795_400_000_000 + Int64(number)),
            key: key,
            type: "x",
            payload: Array("{\"n\":\(number)}".utf8)
        )
    }

    private static func copies(_ store: Store) -> [(any Replica, any Journal)] {
        let memory = InMemoryJournal()
        return [(store.replica, store.journal), (memory, memory)]
    }

    @Test("It is kept until its records are archived again, or others have their keys")
    func strays() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let topic = try TopicID(Self.topics[0])
        let partition = Partition(of: topic)
        for (replica, journal) in Self.copies(store) {
            let entries = (1...4).map { number in
                Entry(
                    id: UInt64(number) + 100,
                    sequence: UInt64(number),
                    topic: topic,
                    records: [Self.record(number, at: Offset(number), key: "k\(number)")]
                )
            }
            try await replica.archive(entries, in: partition, epoch: Epoch(5))
            let cut = Bookmark(epoch: Epoch(6), sequence: 1, entry: 101)
            #expect(try await replica.cut(partition, to: cut))
            #expect(try await journal.head(of: topic) == Position(epoch: Epoch(6), offset: 1))
            #expect(try await replica.bookmarks()[partition] == cut)
            var strays = try await replica.strays(in: partition)
            #expect(strays.map(\.records) == entries.dropFirst().map(\.records))
            #expect(strays.map(\.id) == [102, 103, 104])
            #expect(try await journal.record(withKey: "k3", by: "ada", in: topic) == nil)
            // The third comes again elsewhere, and somebody else has the second's key.
            let again = [Self.record(3, at: 2, key: "k3"), Self.record(20, at: 3, key: "k2")]
            let entry = Entry(id: 200, sequence: 2, topic: topic, records: again)
            try await replica.archive([entry], in: partition, epoch: Epoch(6))
            strays = try await replica.strays(in: partition)
            #expect(strays.flatMap(\.records).map(\.id) == [RecordID(4)])
        }
    }

    @Test("What it has besides the entries that it knows can't be taken back, and nothing is")
    func forgotten() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let topic = try TopicID(Self.topics[0])
        let partition = Partition(of: topic)
        for (replica, journal) in Self.copies(store) {
            // As another node's copy was, of which no entries came.
            let before = Bookmark(epoch: Epoch(5), sequence: 40, entry: 140)
            try await replica.begin(before, in: partition)
            let entries = (41...43).map { number in
                Entry(
                    id: UInt64(number) + 100,
                    sequence: UInt64(number),
                    topic: topic,
                    records: [Self.record(number, at: Offset(number) - 40)]
                )
            }
            try await replica.archive(entries, in: partition, epoch: Epoch(5))
            #expect(try await replica.cut(partition, to: Bookmark(epoch: Epoch(6))) == false)
            #expect(try await replica.bookmarks()[partition]?.sequence == 43)
            #expect(try await journal.head(of: topic).offset == 3)
            #expect(try await replica.strays(in: partition).isEmpty)
            let cut = Bookmark(epoch: Epoch(6), sequence: 41, entry: 141)
            #expect(try await replica.cut(partition, to: cut))
            #expect(try await replica.bookmarks()[partition] == cut)
        }
    }

    @Test("A hub's records of which no entry tells are a part of some log, not the whole of one")
    func formerlyAlone() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let topic = try TopicID(Self.topics[0])
        let partition = Partition(of: topic)
        for (replica, journal) in Self.copies(store) {
            _ = try await journal.head(of: try TopicID(Self.topics[1]))
            #expect(try await replica.bookmarks().isEmpty)
            let draft = Draft(Self.record(1, at: 1))
            _ = try await journal.append([draft], to: topic, expecting: nil)
            #expect(try await replica.bookmarks() == [partition: .partial])
        }
        let outline = try await store.replica.outline(of: partition)
        #expect(outline?.bookmark == .partial)
        #expect(outline?.topics.map(\.topic) == [topic])
        #expect(try await store.replica.outline(of: Partition(of: TopicID(Self.topics[1]))) == nil)
    }

    @Test("What is kept of a lost log stays with its topic, and is kept once")
    func kept() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        for (replica, _) in Self.copies(store) {
            let partition = Partition(of: try TopicID(Self.topics[0]))
            let lost = try Self.topics.enumerated().map { index, name in
                Entry(
                    id: 0,
                    sequence: 0,
                    topic: try TopicID(name),
                    records: [Self.record(index + 1, at: 7)]
                )
            }
            try await replica.keep(lost, in: partition)
            try await replica.keep(lost, in: partition)
            let strays = try await replica.strays(in: partition)
            #expect(strays.map(\.topic.text) == Self.topics)
            #expect(strays.flatMap(\.records) == lost.flatMap(\.records))
            #expect(try await replica.bookmarks().isEmpty)
        }
    }

    /// Edits with keys, as entries of a log and as records.
    private static func edits(_ topic: TopicID) throws -> [Record] {
        var document = RecordedDocument(topic)
        for number in 0..<5 { _ = try document.edit(at: 0, "\(number) ") }
        return document.records.map { record in
            Record(
                id: record.id,
                offset: record.offset,
                author: record.author,
                at: record.at,
                key: "k\(record.offset)",
                type: record.type,
                payload: record.payload,
                isBinary: true
            )
        }
    }

    @Test("Keys of records that a copy has forgotten are free when it takes them back")
    func forgottenKeys() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let topic = try TopicID("doc:notes")
        let partition = Partition(of: topic)
        let entries = try Self.edits(topic).map { record in
            Entry(
                id: record.offset + 100,
                sequence: record.offset,
                topic: topic,
                records: [record]
            )
        }
        try await store.replica.archive(entries, in: partition, epoch: Epoch(5))
        _ = try await DocumentWorkbench(store.journal, store.documents).compact(topic)
        let bookmark = Bookmark(epoch: Epoch(5), sequence: 2, entry: 102)
        #expect(try await store.replica.cut(partition, to: bookmark))
        // They come again.
        try await store.replica.archive(Array(entries[2...]), in: partition, epoch: Epoch(5))
        let found = try await store.journal.record(withKey: "k4", by: "ada", in: topic)
        #expect(found?.offset == 4)
        await store.close()
    }

    @Test("A copy that has forgotten more than the one that completes it is completed")
    func forgottenMore() async throws {
        let scratch = try Scratch()
        let topic = try TopicID("doc:notes")
        let records = try Self.edits(topic)
        let whole = try Store.open(directory: scratch.path("whole"), durability: .os)
        let copy = try Store.open(directory: scratch.path("copy"), durability: .os)
        for (store, forgotten) in [(whole, 2), (copy, 4)] {
            for part in [records[..<forgotten], records[forgotten...]] {
                let drafts = part.map { Draft($0) }
                _ = try await store.journal.append(drafts, to: topic, expecting: nil)
                guard part.startIndex == 0 else { continue }
                _ = try await DocumentWorkbench(store.journal, store.documents).compact(topic)
            }
        }
        _ = try await copy.replica.take(try await whole.replica.part(of: topic, after: 0))
        #expect(try await copy.journal.head(of: topic).offset == 5)
        for record in records {
            let key = try #require(record.key)
            let found = try await copy.journal.record(withKey: key, by: "ada", in: topic)
            #expect(found?.id == record.id)
        }
        await copy.close()
        await whole.close()
        #expect(try Inspection.open(directory: scratch.path("copy")).verify() == [])
    }
}
