import Hub
import Testing

/// If these fail, who was answered by one node of a cluster is refused by another that has not
/// heard of it yet.
@Suite("A refusal on one node of several")
struct CatchingUpTests {
    private static let room = "room:general"

    /// A node that has the room in memory and is not told of what others store in it until it
    /// catches up.
    private struct Node {
        let bench: TopicBench
        let journal: LaggingJournal

        init(beside other: TopicBench) async throws {
            let journal = LaggingJournal(other.journal)
            self.journal = journal
            bench = TopicBench(settings: .shared, journal: other.journal) { _ in journal }
            _ = try await bench.perform("room")
            let known = try await other.journal.head(of: TopicID(CatchingUpTests.room)).offset
            journal.onCatchingUp {
                [router = bench.router, log = other.journal] () async throws(JournalError) in
                guard let topic = try? TopicID(CatchingUpTests.room) else { return }
                let news = try await log.read(topic, after: known, limit: 100)
                router.absorb(news, in: topic)
            }
        }
    }

    private static func secret() async throws -> TopicBench {
        let bench = TopicBench(settings: .shared)
        _ = try #require(try await bench.perform("create", ["visibility": "private"])).get()
        return bench
    }

    @Test("What another node's records allow is carried out, and asked for once")
    func command() async throws {
        let origin = try await Self.secret()
        let node = try await Node(beside: origin)
        _ = try #require(try await origin.perform("invite", ["userId": "bob"])).get()
        let answer = try await node.bench.perform("post", ["content": "hello"], by: "bob")
        let reply = try #require(answer).get()
        let head = try await origin.journal.head(of: TopicID(Self.room))
        #expect(reply["position"]?.string == head.description)
        #expect(node.journal.count == 1)
    }

    @Test("A refusal stands when the node has caught up")
    func stands() async throws {
        let node = try await Node(beside: try await Self.secret())
        let answer = try #require(try await node.bench.perform("post", ["content": "x"], by: "bob"))
        #expect(throws: Rejection.self) { try answer.get() }
        #expect(node.journal.count == 1)
    }

    @Test(
        "A node that can't ask the log refuses no change and no join; questions get what it knows"
    )
    func cutOff() async throws {
        let node = try await Node(beside: try await Self.secret())
        node.journal.onCatchingUp { () async throws(JournalError) in throw .unavailable("away") }
        for (action, code) in [("post", RejectionCode.unavailable), ("presence", .notFound)] {
            let answer = try await node.bench.perform(action, ["content": "x"], by: "bob")
            guard case .failure(let rejection) = answer else {
                Issue.record("\(action) was carried out.")
                continue
            }
            #expect(rejection.code == code)
        }
        let seats = RecordingSeats()
        let outcome = try await node.bench.join(connection: 1, user: "bob", seats: seats)
        guard case .failure(let rejection) = outcome else {
            Issue.record("It was let in.")
            return
        }
        #expect(rejection.code == .unavailable)
        // The owner's wish is fulfilled as far as this node knows.
        let update = try await node.bench.perform("update", ["visibility": "private"])
        #expect(throws: Rejection.self) { try update?.get() }
    }

    @Test("A wish that is fulfilled here only is carried out")
    func fulfilled() async throws {
        let origin = try await Self.secret()
        let node = try await Node(beside: origin)
        _ = try #require(try await origin.perform("update", ["visibility": "public"])).get()
        let answer = try await node.bench.perform("update", ["visibility": "private"])
        let head = try await origin.journal.head(of: TopicID(Self.room))
        #expect(try #require(answer).get()["position"]?.string == head.description)
        let room = try #require(try await node.bench.perform("room")).get()
        #expect(try JSONParser.parse(room.encoded())["room"]?["visibility"] == "private")
    }

    @Test("Commands are decided in the order in which they were sent, whatever waits")
    func order() async throws {
        let origin = try await Self.secret()
        let node = try await Node(beside: origin)
        _ = try #require(try await origin.perform("invite", ["userId": "bob"])).get()
        let known = try await origin.journal.head(of: TopicID(Self.room)).offset
        var last = 0
        for (content, user) in [("0", "ada"), ("1", "bob"), ("2", "ada"), ("3", "bob")] {
            last = try node.bench.submit("post", ["content": .string(content)], by: user)
        }
        #expect(await node.bench.lane.run { node.bench.answer(last) != nil })
        let records = try await origin.journal.read(TopicID(Self.room), after: known, limit: 10)
        let contents = try records.map { try JSONParser.parse($0.payload)["content"]?.string }
        #expect(contents == ["0", "1", "2", "3"])
    }

    @Test("Who was let in elsewhere may join, and see who is there")
    func join() async throws {
        let origin = try await Self.secret()
        let node = try await Node(beside: origin)
        _ = try await origin.perform("invite", ["userId": "bob"])
        let seats = RecordingSeats()
        let outcome = try await node.bench.join(connection: 1, user: "bob", seats: seats)
        let head = try await origin.journal.head(of: TopicID(Self.room))
        #expect(try #require(outcome).get().position == head)
        let other = try await Node(beside: origin)
        _ = try #require(try await other.bench.perform("presence", by: "bob")).get()
    }

    @Test("Who leaves while the node catches up is not seated afterwards")
    func leave() async throws {
        let origin = try await Self.secret()
        let node = try await Node(beside: origin)
        _ = try await origin.perform("invite", ["userId": "bob"])
        let seats = RecordingSeats()
        let bench = node.bench
        let (held, opening) = AsyncStream<Void>.makeStream()
        let known = try await origin.journal.read(TopicID(Self.room), after: 1, limit: 100)
        node.journal.onCatchingUp { [router = bench.router] () async throws(JournalError) in
            for await _ in held {}
            if let topic = try? TopicID(Self.room) { router.absorb(known, in: topic) }
        }
        let outcome = try bench.beginJoin(connection: 1, user: "bob", seats: seats)
        #expect(await bench.lane.run { node.journal.count == 1 })
        bench.router.submit(
            Leave(connection: ConnectionID(1), isAbrupt: false),
            to: try TopicID(Self.room)
        )
        opening.finish()
        #expect(await bench.lane.run { outcome.value != nil })
        _ = try #require(try await bench.perform("post", ["content": "after"])).get()
        #expect(seats.notes.records.isEmpty)
    }

    @Test("A member's new rights count also while its join waits")
    func renewal() async throws {
        let origin = try await Self.secret()
        let bench = try await Node(beside: origin).bench
        let topic = try TopicID(Self.room)
        let head = try await origin.journal.head(of: topic)
        let outcome = Box<Result<JoinOutcome, Rejection>>()
        let moderator = Principal(
            user: "bob",
            isGuest: false,
            grants: Grants(rules: [.init(pattern: "room:*", actions: ["*", "moderate"])])
        )
        let join = Join(
            connection: ConnectionID(1),
            principal: moderator,
            lane: bench.lane,
            seats: RecordingSeats(),
            dialect: PlainDialect(),
            announces: false,
            since: Position(epoch: head.epoch, offset: head.offset + 100)
        )
        bench.router.submit(join, to: topic) { outcome.put($0) }
        _ = try await bench.perform("room")
        bench.router.submit(TopicBench.principal("bob"), of: ConnectionID(1), to: topic)
        _ = try await bench.perform("room")
        for _ in 0..<120 where outcome.value == nil {
            bench.lane.advance(by: .milliseconds(60))
            _ = try await bench.perform("room")
        }
        guard case .failure(let rejection)? = outcome.value else {
            Issue.record("It was let in by the rights that it no longer has.")
            return
        }
        #expect(rejection.code == .notFound)
    }

    @Test("An append that expected the head proves the refusals of its turn")
    func proof() async throws {
        let memory = InMemoryJournal()
        let journal = LaggingJournal(memory)
        let bench = StockBench(settings: .shared, journal: memory) { _ in journal }
        let receive = try StockBench.ask(
            "receive",
            "item:a",
            ["data": ["quantity": 1]],
            isStaff: true
        )
        let holds = try ["bob", "eve"].map { user in
            let data: JSON = ["quantity": 1, "ttlSeconds": 60]
            return try StockBench.ask("reserve", "item:a", ["data": data], by: user)
        }
        let answers = await bench.perform([receive] + holds)
        for answer in answers.prefix(2) { _ = try answer.get() }
        #expect(throws: Rejection.self) { try answers[2].get() }
        #expect(journal.count == 0)
    }

    @Test("A hub alone refuses at once")
    func alone() async throws {
        let memory = InMemoryJournal()
        let journal = LaggingJournal(memory)
        let bench = TopicBench(journal: memory) { _ in journal }
        _ = try await bench.perform("create", ["visibility": "private"])
        let answer = try #require(try await bench.perform("post", ["content": "x"], by: "bob"))
        #expect(throws: Rejection.self) { try answer.get() }
        #expect(journal.count == 0)
    }
}
