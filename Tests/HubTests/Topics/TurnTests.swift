import Hub
import Testing

@Suite("The turn of a topic")
struct TurnTests {
    @Test("Commands that wait together are stored in order and shown as one broadcast")
    func oneTurn() async throws {
        let bench = TopicBench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        let numbers = try (1...20).map { try bench.submit("post", ["content": .string("m\($0)")]) }
        #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
        #expect(await bench.lane.run { seats.notes.records.count == 20 })
        #expect(seats.notes.encodings == 1)
        #expect(seats.notes.records.map(\.offset) == (1...20).map { Offset($0) })
        for (index, number) in numbers.enumerated() {
            let reply = try #require(bench.answer(number)).get()
            #expect(reply["position"]?.string?.hasSuffix(":\(index + 1)") == true)
            #expect(reply["messageId"]?.string == seats.notes.records[index].id.description)
        }
    }

    @Test(
        "When the journal fails nothing is shown, who writes is told to try again, nothing stays"
    )
    func failedAppend() async throws {
        let bench = TopicBench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        _ = try await bench.perform("post", ["content": "first"])
        bench.journal.failNextAppends(1)
        let numbers = [
            try bench.submit("post", ["content": "lost"]),
            // Decided on top of what is then undone.
            try bench.submit("room"),
            try bench.submit("edit", ["messageId": "1", "content": "x"]),
        ]
        #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
        for number in [numbers[0], numbers[2]] {
            guard case .failure(let rejection) = bench.answer(number) else {
                Issue.record("A command of an undone turn succeeded.")
                continue
            }
            #expect(rejection == .unavailable)
            #expect(rejection.retry)
        }
        let room = try #require(bench.answer(numbers[1])).get()
        #expect(try JSONParser.parse(room.encoded())["room"]?["messageCount"] == 1)
        #expect(try await bench.messageCount() == 1)
        _ = try await bench.perform("post", ["content": "second"])
        #expect(await bench.lane.run { seats.notes.records.count == 2 })
        #expect(seats.notes.records.map(\.offset) == [1, 2])
    }

    @Test("A repeated key is carried out once and answered with the first result, also much later")
    func repeatedKey() async throws {
        let bench = TopicBench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        let first = try #require(try await bench.perform("post", ["content": "once"], key: "k1"))
            .get()
        let again = try #require(try await bench.perform("post", ["content": "once"], key: "k1"))
            .get()
        #expect(first["messageId"] == again["messageId"])
        #expect(first["position"] == again["position"])

        // Another process on the same journal knows the key too.
        let later = TopicBench(journal: bench.journal)
        let repeated = try #require(try await later.perform("post", ["content": "once"], key: "k1"))
            .get()
        #expect(repeated["messageId"] == first["messageId"])
        let count = try await later.messageCount()
        #expect(count == 1)
        #expect(seats.notes.records.count == 1)
    }

    @Test("Two commands with one key in the same turn are one command")
    func repeatedKeyInOneTurn() async throws {
        let bench = TopicBench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        let numbers = try (0..<3).map { _ in try bench.submit("post", ["content": "x"], key: "k") }
        #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
        let ids = try numbers.map { try #require(bench.answer($0)).get()["messageId"] }
        #expect(Set(ids).count == 1)
        _ = try await bench.perform("post", ["content": "y"])
        #expect(await bench.lane.run { seats.notes.records.count == 2 })
    }

    @Test("A key used for another kind of command is refused")
    func keyReused() async throws {
        let bench = TopicBench()
        _ = try await bench.perform("post", ["content": "x"], key: "k")
        let later = TopicBench(journal: bench.journal)
        let outcome = try await later.perform(
            "create",
            to: "room:general",
            ["visibility": "public"],
            key: "k"
        )
        #expect(throws: Rejection.self) { try #require(outcome).get() }
    }

    @Test("A retry of a command that is refused by now is answered with its first result")
    func retryAfterSuccess() async throws {
        let bench = TopicBench()
        let create: JSON = ["visibility": "private", "title": "T"]
        let first = try #require(try await bench.perform("create", to: "room:x", create, key: "c"))
            .get()
        let later = TopicBench(journal: bench.journal)
        let again = try #require(try await later.perform("create", to: "room:x", create, key: "c"))
            .get()
        #expect(first["position"] == again["position"])
    }

    @Test("Past the queue's bound commands are refused as busy, and leaves are not")
    func busy() async throws {
        var settings = TopicSettings()
        settings.queueMaximum = 4
        let bench = TopicBench(settings: settings)
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats, announces: true)
        let numbers = try (0..<6).map { _ in try bench.submit("post", ["content": "x"]) }
        bench.router.submit(
            Leave(connection: ConnectionID(1), isAbrupt: false),
            to: try TopicID("room:general")
        )
        #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
        let refused = numbers.filter { number in
            if case .failure(.busy) = bench.answer(number) { true } else { false }
        }
        #expect(refused.count == 2)
        let presence = try #require(try await bench.perform("presence")).get()
        #expect(presence["count"] == 0)
    }

    @Test("A topic that nobody uses is forgotten and comes back as it was")
    func retire() async throws {
        var settings = TopicSettings()
        settings.idleAfter = .zero
        let bench = TopicBench(settings: settings)
        _ = try await bench.perform("post", ["content": "x"])
        #expect(bench.router.topicCount == 1)
        bench.lane.submit { [router = bench.router, lane = bench.lane] in
            router.retireIdle(on: lane)
        }
        #expect(await bench.lane.run { bench.router.topicCount == 0 })
        #expect(try await bench.messageCount() == 1)
    }

    @Test("State from a snapshot and the records after it equals state from all records")
    func snapshots() async throws {
        var settings = TopicSettings()
        settings.snapshotEvery = 7
        let bench = TopicBench(settings: settings)
        for number in 1...30 {
            _ = try await bench.perform("post", ["content": .string("\(number)")])
        }
        let room = try #require(try await bench.perform("room")).get()
        let reloaded = TopicBench(settings: settings, journal: bench.journal)
        #expect(try #require(try await reloaded.perform("room")).get() == room)
    }

    @Test("The hub's own questions can't be asked by clients")
    func internalActions() async throws {
        let bench = TopicBench()
        for action in ["access", "locate", "markRead"] {
            let outcome = try #require(try await bench.perform(action))
            guard case .failure(let rejection) = outcome else {
                Issue.record("\(action) was answered.")
                continue
            }
            #expect(rejection.code == .unknownAction)
        }
    }

    @Test("The log is read in pages, by who may read the topic")
    func log() async throws {
        let bench = TopicBench()
        _ = try await bench.perform("create", to: "room:p", ["visibility": "private"])
        for _ in 0..<3 { _ = try await bench.perform("post", to: "room:p", ["content": "x"]) }
        let page = try await bench.log(of: "room:p", after: 1, limit: 2, by: "ada").get()
        #expect(page["events"]?.array?.compactMap { $0["event"]?.string }.count == 2)
        #expect(page["more"] == true)
        #expect(page["position"]?.string?.hasSuffix(":3") == true)
        let outsider = try await bench.log(of: "room:p", after: 0, limit: 2, by: "eve")
        #expect(throws: Rejection.self) { try outsider.get() }
    }
}
