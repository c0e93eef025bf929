import Hub
import Testing

@Suite("The members of a topic")
struct MembersTests {
    @Test("A join is told the position, and what comes later is broadcast from there")
    func joinPosition() async throws {
        let bench = TopicBench()
        _ = try await bench.perform("post", ["content": "before"])
        let seats = RecordingSeats()
        let joined = try #require(
            try await bench.join(connection: 1, user: "bob", seats: seats)
        ).get()
        #expect(joined.position.offset == 1)
        _ = try await bench.perform("post", ["content": "after"])
        #expect(await bench.lane.run { !seats.notes.records.isEmpty })
        #expect(seats.notes.records.map(\.offset) == [2])
    }

    @Test("Outsiders of a private room can't join it, and aren't told that it exists")
    func privateRoom() async throws {
        let bench = TopicBench()
        _ = try await bench.perform("create", to: "room:p", ["visibility": "private"])
        let seats = RecordingSeats()
        let outcome = try #require(
            try await bench.join("room:p", connection: 1, user: "eve", seats: seats)
        )
        guard case .failure(let rejection) = outcome else {
            Issue.record("An outsider joined.")
            return
        }
        #expect(rejection.code == .notFound)
        let presence = try #require(try await bench.perform("presence", to: "room:p", by: "eve"))
        guard case .failure(let refusal) = presence else {
            Issue.record("An outsider is told who is there.")
            return
        }
        #expect(refusal.code == .notFound)
        _ = try await bench.perform("post", to: "room:p", ["content": "secret"])
        #expect(seats.notes.records.isEmpty)
    }

    @Test("Several connections of a user are one member")
    func oneMember() async throws {
        let bench = TopicBench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats, announces: true)
        let second = try #require(
            try await bench.join(connection: 2, user: "bob", seats: seats, announces: true)
        ).get()
        #expect(second.count == 1)
        #expect(second.members?.first?.connections == 2)
        bench.lane.advance(by: .seconds(1))
        try await bench.leave(connection: 1, isAbrupt: false)
        bench.lane.advance(by: .seconds(1))
        #expect(seats.notes.ephemeral.filter { $0.isPresence }.count == 1)
    }

    @Test("Whose connection breaks stays present for the grace period, and unseen if back in it")
    func grace() async throws {
        let bench = TopicBench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "ada", seats: seats, announces: true)
        _ = try await bench.join(connection: 2, user: "bob", seats: seats, announces: true)
        bench.lane.advance(by: .seconds(1))
        try await bench.leave(connection: 2, isAbrupt: true)
        bench.lane.advance(by: .seconds(3))
        _ = try await bench.join(connection: 3, user: "bob", seats: seats, announces: true)
        bench.lane.advance(by: .seconds(10))
        #expect(await bench.lane.run { true })
        #expect(seats.notes.ephemeral.filter { $0.isPresence }.count == 1)
        try await bench.leave(connection: 3, isAbrupt: true)
        bench.lane.advance(by: .seconds(6))
        bench.lane.advance(by: .seconds(1))
        #expect(await bench.lane.run { seats.notes.ephemeral.filter { $0.isPresence }.count == 2 })
        let last = try #require(seats.notes.ephemeral.last)
        let payload = try JSONParser.parse(last.payload)
        #expect(payload["left"]?.array?.first?["userId"] == "bob")
        #expect(payload["count"] == 1)
    }

    @Test("A large room gives its count and no list")
    func largeRoom() async throws {
        var settings = TopicSettings()
        settings.listedMaximum = 3
        let bench = TopicBench(settings: settings)
        let seats = RecordingSeats()
        var last: JoinOutcome?
        for number in 1...5 {
            last = try await bench.join(
                connection: UInt64(number),
                user: "u\(number)",
                seats: seats,
                announces: true
            )?.get()
        }
        #expect(last?.members == nil)
        #expect(last?.count == 5)
        let presence = try #require(try await bench.perform("presence")).get()
        #expect(presence["members"] == nil)
        #expect(presence["count"] == 5)
    }

    @Test("Typing is shown once, to others, and ends by itself")
    func typing() async throws {
        let bench = TopicBench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        for _ in 0..<3 { _ = try await bench.perform("typing") }
        #expect(seats.notes.ephemeral.map(\.event) == ["typing"])
        bench.lane.advance(by: .seconds(6))
        #expect(await bench.lane.run { seats.notes.ephemeral.count == 2 })
        let payload = try JSONParser.parse(try #require(seats.notes.ephemeral.last).payload)
        #expect(payload["active"] == false)
    }

    @Test("Who is kicked loses the subscription at once")
    func kick() async throws {
        let bench = TopicBench()
        _ = try await bench.perform("create", to: "room:p", ["visibility": "public"])
        _ = try await bench.perform("enter", to: "room:p", by: "bob")
        let seats = RecordingSeats()
        _ = try await bench.join("room:p", connection: 9, user: "bob", seats: seats)
        _ = try await bench.perform("kick", to: "room:p", ["userId": "bob"])
        #expect(await bench.lane.run { !seats.notes.expelled.isEmpty })
        #expect(seats.notes.expelled.first?.connections == [ConnectionID(9)])
        #expect(seats.notes.expelled.first?.reason == "kicked")
    }

    @Test("A mention is shown in the user's own topic")
    func mention() async throws {
        let bench = TopicBench()
        let seats = RecordingSeats()
        _ = try await bench.join("user:bob", connection: 1, user: "bob", seats: seats)
        _ = try await bench.perform("post", ["content": "hello @bob"])
        #expect(await bench.lane.run { !seats.notes.ephemeral.isEmpty })
        #expect(seats.notes.ephemeral.first?.event == "mentioned")
    }

    @Test("Nobody joins another user's topic")
    func othersInbox() async throws {
        let bench = TopicBench()
        let outcome = try #require(
            try await bench.join("user:bob", connection: 1, user: "eve", seats: RecordingSeats())
        )
        #expect(throws: Rejection.self) { try outcome.get() }
    }
}
