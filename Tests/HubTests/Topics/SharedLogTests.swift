import Hub
import Testing

/// A node of a cluster is not the only one that writes a topic's log, and not always the farthest.
@Suite("A topic whose log is shared")
struct SharedLogTests {
    private static func topic() throws -> (id: TopicID, partition: Partition) {
        let id = try TopicID("room:general")
        return (id, Partition(of: id))
    }

    @Test("When the log turns, its members are told before anything of the new epoch is shown")
    func turn() async throws {
        let bench = TopicBench(settings: .shared)
        let partition = try Self.topic().partition
        _ = try await bench.perform("post", ["content": "one"])
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        let next = Bookmark(epoch: Epoch(77), sequence: 1, entry: 5)
        try await bench.journal.begin(next, in: partition)
        bench.router.reload(partition)
        #expect(
            await bench.lane.run {
                bench.lane.advance(by: .zero)
                return !seats.notes.turns.isEmpty
            }
        )
        #expect(seats.notes.turns == [Position(epoch: Epoch(77), offset: 1)])
        #expect(seats.notes.records.isEmpty)
        let reply = try #require(try await bench.perform("post", ["content": "two"])).get()
        #expect(reply["position"]?.string == Position(epoch: Epoch(77), offset: 2).description)
        #expect(seats.notes.turns.count == 1)
    }

    @Test("Who has come farther than the node joins when the node has come as far")
    func early() async throws {
        let bench = TopicBench(settings: .shared)
        let (id, partition) = try Self.topic()
        try await bench.journal.begin(Bookmark(epoch: Epoch(9)), in: partition)
        _ = try await bench.perform("post", ["content": "one"])
        let head = try await bench.journal.head(of: id)
        let since = Position(epoch: head.epoch, offset: head.offset + 1)
        let outcome = try bench.beginJoin(
            connection: 1,
            user: "bob",
            seats: RecordingSeats(),
            since: since
        )
        #expect(try await bench.messageCount() == 1)
        bench.lane.advance(by: .milliseconds(60))
        #expect(outcome.value == nil)
        _ = try await bench.perform("post", ["content": "two"])
        bench.lane.advance(by: .milliseconds(60))
        #expect(await bench.lane.run { outcome.value != nil })
        #expect(try outcome.value?.get().position == since)
    }

    @Test("Who leaves while it waits for the node is not seated afterwards")
    func earlyLeave() async throws {
        let bench = TopicBench(settings: .shared)
        let (id, _) = try Self.topic()
        _ = try await bench.perform("post", ["content": "one"])
        let head = try await bench.journal.head(of: id)
        let seats = RecordingSeats()
        let outcome = try bench.beginJoin(
            connection: 1,
            user: "bob",
            seats: seats,
            since: Position(epoch: head.epoch, offset: head.offset + 1)
        )
        #expect(try await bench.messageCount() == 1)
        try await bench.leave(connection: 1, isAbrupt: true)
        #expect(await bench.lane.run { outcome.value != nil })
        guard case .failure(let rejection) = outcome.value else {
            Issue.record("It was seated.")
            return
        }
        #expect(rejection.code == .notJoined)
        bench.lane.advance(by: .seconds(10))
        _ = try await bench.perform("post", ["content": "two"])
        #expect(seats.notes.records.isEmpty)
    }

    @Test("What another node has stored in an item is shown to who watches it here")
    func foreignStock() async throws {
        let stock = StockBench(settings: .shared)
        let bench = TopicBench(settings: .shared, journal: stock.journal)
        let item = try TopicID("item:a")
        let seats = RecordingSeats()
        let joined = try await bench.join("item:a", connection: 1, user: "bob", seats: seats)
        _ = try #require(joined).get()
        let data: JSON = ["data": ["quantity": 3]]
        let receive = try StockBench.ask("receive", "item:a", data, isStaff: true)
        _ = try #require(await stock.perform([receive]).first).get()
        let news = try await stock.journal.read(item, after: 0, limit: 10)
        bench.router.absorb(news, in: item)
        let isShown = await bench.lane.run {
            seats.notes.states.contains { $0.state.event == "inventory_updated" }
        }
        #expect(isShown)
    }
}
