import Hub
import Storage
import Testing

@Suite("What one copy takes from another")
struct ExchangeTests {
    private static func drafts(_ range: Range<Int>, _ mark: String = "") -> [Draft] {
        range.map { number in
            Draft(
                id: RecordID(Int64(number) + (mark.isEmpty ? 0 : 1_000_000)),
                author: "ada",
                at: Timestamp(milliseconds: 1_795_400_000_000 + Int64(number)),
                key: "\(mark)k\(number)",
                type: "x",
                payload: Array("{\"n\":\(number)}".utf8)
            )
        }
    }

    @Test(
        "A copy that lacks a topic's end has all of it afterwards, and what it had besides is told"
    )
    func parts() async throws {
        let (one, other) = (try Scratch(), try Scratch())
        let whole = try Store.open(directory: one.path, durability: .os)
        let partial = try Store.open(directory: other.path, durability: .os)
        let topic = try TopicID("room:r")
        let partition = Partition(of: topic)
        _ = try await whole.journal.append(Self.drafts(1..<1200), to: topic, expecting: nil)
        try await whole.replica.begin(
            Bookmark(epoch: Epoch(5), sequence: 40, entry: 9),
            in: partition
        )
        _ = try await partial.journal.append(Self.drafts(1..<300), to: topic, expecting: nil)
        _ = try await partial.journal.append(
            Self.drafts(300..<303, "stray"),
            to: topic,
            expecting: nil
        )
        let outline = try #require(try await whole.replica.outline(of: partition))
        #expect(outline.topics.map(\.head) == [1199])
        try await partial.replica.open(partition)
        #expect(try await partial.replica.bookmarks()[partition]?.isPartial == true)
        var strays: [Record] = []
        var offset: Offset = 299
        while offset < 1199 {
            let part = try await whole.replica.part(of: topic, after: offset)
            strays += try await partial.replica.take(part)
            offset = try #require(part.records.last?.offset)
        }
        try await partial.replica.complete(partition, as: outline)
        #expect(strays.map(\.key) == ["strayk300", "strayk301", "strayk302"])
        #expect(try await partial.replica.bookmarks()[partition] == outline.bookmark)
        #expect(try await partial.journal.head(of: topic) == whole.journal.head(of: topic))
        let mine = try await partial.journal.read(topic, after: 0, limit: 2000)
        let theirs = try await whole.journal.read(topic, after: 0, limit: 2000)
        #expect(mine == theirs)
        let stray = try await partial.journal.record(withKey: "strayk301", by: "ada", in: topic)
        #expect(stray == nil)
        let taken = try await partial.journal.record(withKey: "k1000", by: "ada", in: topic)
        #expect(taken?.offset == 1000)
        await whole.close()
        await partial.close()
    }

    @Test("A topic whose records were forgotten comes as its snapshot, with its keys")
    func snapshot() async throws {
        let (one, other) = (try Scratch(), try Scratch())
        let whole = try Store.open(directory: one.path, durability: .os)
        let empty = try Store.open(directory: other.path, durability: .os)
        let topic = try TopicID("room:r")
        let partition = Partition(of: topic)
        _ = try await whole.journal.append(Self.drafts(1..<20), to: topic, expecting: nil)
        let snapshot = Snapshot(offset: 12, state: [1, 2, 3])
        try await whole.journal.save(snapshot, of: topic)
        try await whole.journal.trim(topic, upTo: 12)
        try await whole.replica.begin(Bookmark(epoch: Epoch(5)), in: partition)
        let outline = try #require(try await whole.replica.outline(of: partition))
        try await empty.replica.open(partition)
        _ = try await empty.replica.take(try await whole.replica.part(of: topic, after: 0))
        try await empty.replica.complete(partition, as: outline)
        #expect(try await empty.journal.head(of: topic).offset == 19)
        #expect(try await empty.journal.snapshot(of: topic) == snapshot)
        let forgotten = try await empty.journal.record(withKey: "k3", by: "ada", in: topic)
        #expect(forgotten?.offset == 3)
        await whole.close()
        await empty.close()
    }
}
