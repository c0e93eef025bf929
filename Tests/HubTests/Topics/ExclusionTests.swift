import Hub
import Testing

/// If these fail, who was put out of a room on one node goes on reading it on another.
@Suite("Memberships that end by what another node has decided")
struct ExclusionTests {
    /// A room with ada and bob in it, as two nodes see it; bob and eve listen on the second.
    private func nodes(_ name: String = "room:p") async throws -> (TopicBench, Node) {
        let first = TopicBench(settings: .shared)
        _ = try await first.perform("create", to: name, ["visibility": "public"])
        _ = try await first.perform("enter", to: name, by: "bob")
        let second = Node(TopicBench(settings: .shared), try TopicID(name))
        try await second.copy(from: first)
        for (number, user) in ["bob", "eve"].enumerated() {
            let joined = try #require(
                try await second.bench.join(
                    name,
                    connection: UInt64(number + 1),
                    user: user,
                    seats: second.seats
                )
            )
            _ = try joined.get()
        }
        return (first, second)
    }

    @Test("Who is kicked there is put out here")
    func kicked() async throws {
        let (first, second) = try await nodes()
        _ = try await first.perform("kick", to: "room:p", ["userId": "bob"])
        try await second.absorb(from: first)
        #expect(await second.bench.lane.run { !second.seats.notes.expelled.isEmpty })
        #expect(second.expulsions == ["c-1 kicked"])
    }

    @Test("Who is banned there is put out here, member or not")
    func banned() async throws {
        let (first, second) = try await nodes()
        _ = try await first.perform("ban", to: "room:p", ["userId": "eve"])
        try await second.absorb(from: first)
        #expect(await second.bench.lane.run { !second.seats.notes.expelled.isEmpty })
        #expect(second.expulsions == ["c-2 banned"])
    }

    @Test("Of a room that becomes private only its members stay")
    func madePrivate() async throws {
        let (first, second) = try await nodes()
        _ = try await first.perform("update", to: "room:p", ["visibility": "private"])
        try await second.absorb(from: first)
        #expect(await second.bench.lane.run { !second.seats.notes.expelled.isEmpty })
        #expect(second.expulsions == ["c-2 private"])
    }

    @Test("A deleted document is everyone's loss")
    func deleted() async throws {
        let second = Node(TopicBench(settings: .shared), try TopicID("doc:d"))
        _ = try await second.bench.perform("create", to: "doc:d", ["title": "D"])
        _ = try await second.bench.join("doc:d", connection: 1, user: "eve", seats: second.seats)
        // As it comes from the log: a deleted document's own node forgets its records.
        let deletion = Record(
            id: RecordID(7),
            offset: 2,
            author: "ada",
            at: Timestamp(milliseconds: 0),
            key: nil,
            type: DocumentEvent.deletionType,
            payload: Array("{}".utf8)
        )
        second.bench.router.absorb([deletion], in: second.topic)
        #expect(await second.bench.lane.run { !second.seats.notes.expelled.isEmpty })
        #expect(second.expulsions == ["c-1 deleted"])
    }

    @Test("What was not told of is found when the topic is read anew")
    func found() async throws {
        let (first, second) = try await nodes()
        _ = try await first.perform("update", to: "room:p", ["visibility": "private"])
        try await second.copy(from: first)
        second.bench.router.reload(Partition(of: second.topic))
        #expect(await second.bench.lane.run { !second.seats.notes.expelled.isEmpty })
        #expect(second.expulsions == ["c-2 forbidden"])
    }

    /// A node that has what another has stored.
    private final class Node {
        let bench: TopicBench
        let topic: TopicID
        let seats = RecordingSeats()
        private var known: Offset = 0

        init(_ bench: TopicBench, _ topic: TopicID) {
            self.bench = bench
            self.topic = topic
        }

        var expulsions: [String] {
            seats.notes.expelled.flatMap { expelled in
                expelled.connections.map { "\($0) \(expelled.reason)" }
            }
        }

        @discardableResult
        func copy(from origin: TopicBench) async throws -> [Record] {
            let records = try await origin.journal.read(topic, after: known, limit: 100)
            let drafts = records.map { record in
                Draft(
                    id: record.id,
                    author: record.author,
                    at: record.at,
                    key: record.key,
                    type: record.type,
                    payload: record.payload,
                    isBinary: record.isBinary
                )
            }
            _ = try await bench.journal.append(drafts, to: topic, expecting: nil)
            known = records.last?.offset ?? known
            return records
        }

        func absorb(from origin: TopicBench) async throws {
            bench.router.absorb(try await copy(from: origin), in: topic)
        }
    }
}
