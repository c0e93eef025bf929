import Hub
import Testing

@testable import Cluster

@Suite("A copy that another node completes")
struct PartitionCompletionTests {
    private static let bookmark = Bookmark(epoch: Epoch(7), sequence: 90, entry: 3)

    private static func topic() throws -> TopicID { try TopicID("room:r") }

    @Test(
        "What both have stays, what only this one has is told, and the rest is taken",
        arguments: [
            ([], Array(1...35), []),
            (Array(1...35), Array(1...35), []),
            (Array(1...12), Array(1...35), []),
            (Array(1...12) + [901, 902], Array(1...35), [901, 902]),
            ([901, 902], Array(1...35), [901, 902]),
            (Array(1...40), Array(1...35), [36, 37, 38, 39, 40]),
            (Array(1...40), [], Array(1...40)),
        ] as [([Int], [Int], [Int])]
    )
    func cases(_ mine: [Int], _ theirs: [Int], _ strays: [Int]) async throws {
        let topic = try Self.topic()
        let copy = ListedCopy(topic, mine, Bookmark(epoch: Epoch(2), sequence: 4, entry: 1))
        let source = ListedCopy(topic, theirs, Self.bookmark)
        let outcome = try #require(
            try await PartitionCompletion(copy, from: source).run(Partition(of: topic))
        )
        #expect(copy.snapshot.records.map { Int($0.id.number) } == theirs)
        #expect(copy.snapshot.bookmark == Self.bookmark)
        #expect(outcome.bookmark == Self.bookmark)
        #expect(outcome.strays.flatMap { $0.records.map { Int($0.id.number) } } == strays)
        #expect(source.snapshot.questions < 20)
    }

    @Test("A source whose epoch ends in the middle leaves the copy partial, for another attempt")
    func turning() async throws {
        let topic = try Self.topic()
        let copy = ListedCopy(topic, [1, 2], nil)
        let source = ListedCopy(topic, Array(1...35), Self.bookmark)
        source.turn(to: [Epoch(7), Epoch(8)])
        let completion = PartitionCompletion(copy, from: source)
        #expect(try await completion.run(Partition(of: topic)) == nil)
        #expect(copy.snapshot.bookmark == .partial)
        let second = try #require(try await completion.run(Partition(of: topic)))
        #expect(second.strays.isEmpty)
        #expect(copy.snapshot.records.count == 35)
    }

    @Test("Without another node nothing is touched")
    func alone() async throws {
        let topic = try Self.topic()
        let before = Bookmark(epoch: Epoch(2), sequence: 4, entry: 1)
        let copy = ListedCopy(topic, [1, 2], before)
        let source = ListedCopy(topic, [], nil)
        #expect(
            try await PartitionCompletion(copy, from: source).run(Partition(of: topic)) == nil
        )
        #expect(copy.snapshot.bookmark == before)
    }

    @Test("Outlines and parts are read as they were written; anything else is refused")
    func coding() throws {
        let topic = try Self.topic()
        let extent = TopicExtent(topic: topic, head: 9, trimmed: 4, former: [Epoch(3): 7])
        let outline = PartitionOutline(bookmark: Self.bookmark, topics: [extent])
        let partition = Partition(of: topic)
        #expect(CopyCoding.outline(CopyCoding.encode(outline), of: partition) == outline)
        let record = Record(
            id: RecordID(12),
            offset: 5,
            author: "ada",
            at: Timestamp(milliseconds: 8),
            key: "k",
            type: "x",
            payload: [0, 255],
            isBinary: true
        )
        let named = DocumentVersion(
            id: RecordID(3),
            name: "first",
            at: Timestamp(milliseconds: 3),
            author: "ada",
            offset: 2
        )
        var automatic = named
        automatic.id = RecordID(4)
        automatic.name = nil
        let part = TopicPart(
            topic: topic,
            kept: 4,
            snapshot: Snapshot(offset: 4, state: [9, 9]),
            forgotten: [],
            versions: [named, automatic],
            records: [record]
        )
        let bytes = CopyCoding.encode(part)
        let read = try #require(CopyCoding.part(bytes, of: topic, after: 4))
        #expect(read.records == [record])
        #expect(read.snapshot == part.snapshot)
        #expect(read.versions == [named, automatic])
        #expect(CopyCoding.part(bytes, of: try TopicID("room:other"), after: 4) == nil)
        for length in 0..<bytes.count {
            #expect(CopyCoding.part(Array(bytes.prefix(length)), of: topic, after: 4) == nil)
        }
    }

    @Test("An outline with another partition's topics or offsets past all numbers is refused")
    func strangeOutlines() throws {
        let topic = try Self.topic()
        let partition = Partition(of: topic)
        let other = try #require(Partition.all.first { $0 != partition })
        let largest = Offset(Int64.max) - 1
        for head: Offset in [9, largest, largest + 1, .max] {
            let extent = TopicExtent(topic: topic, head: head, trimmed: 4, former: [:])
            let outline = PartitionOutline(bookmark: Self.bookmark, topics: [extent])
            let bytes = CopyCoding.encode(outline)
            let isGood = head <= largest
            #expect((CopyCoding.outline(bytes, of: partition) == outline) == isGood)
            #expect(CopyCoding.outline(bytes, of: other) == nil)
        }
    }

    @Test(
        "Records with an offset, an id or a time that none has are refused",
        arguments: [
            (1, 1, 0, true), (9_223_372_036_854_775_806, .max, 9_007_199_254_740_992, true),
            (0, 1, 0, false), (9_223_372_036_854_775_807, 1, 0, false), (.max, 1, 0, false),
            (1, 0, 0, false), (1, -1, 0, false), (1, 1, -1, false),
            (1, 1, 9_007_199_254_740_993, false),
        ] as [(Offset, Int64, Int64, Bool)]
    )
    func strangeRecords(_ first: Offset, _ id: Int64, _ at: Int64, _ isGood: Bool) {
        let draft = Draft(
            id: RecordID(id),
            author: "ada",
            at: Timestamp(milliseconds: at),
            key: nil,
            type: "x",
            payload: []
        )
        let records = RecordBytes.decode(RecordBytes.encode([draft])[...], first: first)
        let expected: [Record]? = isGood ? [Record(draft, offset: first)] : nil
        #expect(records == expected)
    }
}
