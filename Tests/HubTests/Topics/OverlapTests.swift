import Hub
import Testing

@Suite("Turns that overlap")
struct OverlapTests {
    /// A room that takes two commands a turn and begins the next while one is being stored.
    private static func bench(journal: InMemoryJournal = InMemoryJournal()) -> TopicBench {
        var settings = TopicSettings()
        settings.turnMaximum = 2
        settings.overlapMinimum = 1
        return TopicBench(settings: settings, journal: journal)
    }

    private static func messages(of notes: [Record]) -> [String] {
        notes.compactMap { record in
            guard record.type == "message" else { return nil }
            return (try? JSONParser.parse(record.payload))?["content"]?.string
        }
    }

    @Test("Commands of many turns are stored, answered and shown in the order they came")
    func order() async throws {
        let bench = Self.bench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        let numbers = try (1...9).map { try bench.submit("post", ["content": .string("m\($0)")]) }
        #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
        #expect(await bench.lane.run { seats.notes.records.count == 9 })
        #expect(seats.notes.records.map(\.offset) == (1...9).map { Offset($0) })
        #expect(Self.messages(of: seats.notes.records) == (1...9).map { "m\($0)" })
        for (index, number) in numbers.enumerated() {
            let reply = try #require(bench.answer(number)).get()
            #expect(reply["position"]?.string?.hasSuffix(":\(index + 1)") == true)
        }
    }

    @Test("A turn decided on one that then failed is decided again, on what is stored")
    func earlierTurnFailed() async throws {
        let bench = Self.bench()
        let seats = RecordingSeats()
        _ = try await bench.join(connection: 1, user: "bob", seats: seats)
        bench.journal.failNextAppends(1)
        // The second turn's author would be kept out by what the first would have made.
        let create: JSON = ["visibility": "private", "title": "T"]
        let numbers = [
            try bench.submit("create", to: "room:x", create),
            try bench.submit("post", to: "room:x", ["content": "lost"]),
            try bench.submit("post", to: "room:x", ["content": "kept"], by: "eve"),
            try bench.submit("post", to: "room:x", ["content": "also"], by: "eve"),
        ]
        #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
        for number in numbers[..<2] {
            #expect(throws: Rejection.unavailable) { try bench.answer(number)?.get() }
        }
        for number in numbers[2...] {
            #expect(throws: Never.self) { try bench.answer(number)?.get() }
        }
        let stored = try await bench.journal.read(TopicID("room:x"), after: 0, limit: 10)
        #expect(Self.messages(of: stored) == ["kept", "also"])
    }

    @Test("A repeated key in one turn neither loses nor doubles what the next one stores")
    func repeatedKey() async throws {
        let first = Self.bench()
        _ = try await first.perform("post", ["content": "once"], key: "k")
        // Another process on the same journal doesn't remember the key.
        let bench = Self.bench(journal: first.journal)
        let numbers = [
            try bench.submit("post", ["content": "once"], key: "k"),
            try bench.submit("post", ["content": "second"]),
            try bench.submit("post", ["content": "third"]),
            try bench.submit("post", ["content": "fourth"]),
        ]
        #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
        for number in numbers { #expect(throws: Never.self) { try bench.answer(number)?.get() } }
        let stored = try await first.journal.read(TopicID("room:general"), after: 0, limit: 10)
        #expect(Self.messages(of: stored) == ["once", "second", "third", "fourth"])
    }

    @Test("Whatever fails and repeats, what was acknowledged is stored once and in order")
    func random() async throws {
        for seed in UInt64(1)...20 {
            var dice = Dice(seed: seed)
            let bench = Self.bench()
            var sent: [(number: Int, content: String)] = []
            for round in 0..<30 {
                if dice.roll(0..<4) == 0 { bench.journal.failNextAppends(1) }
                for place in 0..<dice.roll(0..<7) {
                    // Now and then a command that was sent before.
                    let isRepeat = dice.roll(0..<5) == 0 && !sent.isEmpty
                    let content =
                        isRepeat
                        ? sent[dice.roll(0..<sent.count)].content : "m\(round).\(place)"
                    let number = try bench.submit(
                        "post",
                        ["content": .string(content)],
                        key: content
                    )
                    sent.append((number, content))
                }
                if dice.roll(0..<2) == 0 {
                    let numbers = sent.map(\.number)
                    #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
                }
            }
            let numbers = sent.map(\.number)
            #expect(await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } })
            let records = try await bench.journal.read(
                TopicID("room:general"),
                after: 0,
                limit: 10_000
            )
            let stored = Self.messages(of: records)
            #expect(Set(stored).count == stored.count, "seed \(seed)")
            var acknowledged: [String] = []
            for entry in sent {
                guard case .success(let reply)? = bench.answer(entry.number) else { continue }
                let record = records.first { $0.id.description == reply["messageId"]?.string }
                #expect(record.map { Self.messages(of: [$0]) } == [entry.content], "seed \(seed)")
                if !acknowledged.contains(entry.content) { acknowledged.append(entry.content) }
            }
            #expect(Set(acknowledged) == Set(stored), "seed \(seed)")
        }
    }
}
