import CRDT
import Hub
import Testing

/// If these fail, who writes on the ground of what they read overwrites what they haven't seen.
@Suite("Commands with a condition")
struct ConditionTests {
    /// Turns of two commands, each decided while the one before is being stored.
    private static var overlapping: TopicSettings {
        var settings = TopicSettings()
        settings.turnMaximum = 2
        settings.overlapMinimum = 1
        return settings
    }

    private static func submit(
        _ bench: DocumentBench,
        _ text: String,
        _ condition: Condition?,
        key: String? = nil
    ) throws -> Box<Result<JSON, Rejection>> {
        let operation: JSON = [
            "op": "insert", "root": "t", "index": 0, "text": .string(text),
        ]
        let outcome = Box<Result<JSON, Rejection>>()
        let ask = Ask(
            action: "edit",
            topic: try TopicID(DocumentBench.topic),
            fields: ["data": ["operations": [operation]]],
            key: key,
            condition: condition,
            principal: TopicBench.principal("ada")
        )
        bench.bench.router.submit(ask, .caller { outcome.put($0) })
        return outcome
    }

    private static func position(_ reply: JSON) throws -> Position {
        try Position(reply["position"]?.string ?? "")
    }

    @Test(
        "Of several on the same state one is carried out, and the others learn where it stands",
        arguments: [TopicSettings(), overlapping]
    )
    func race(settings: TopicSettings) async throws {
        let bench = DocumentBench(settings: settings)
        let first = try Self.position(try await bench.edit(Self.typed("a")))
        let outcomes = try (0..<5).map { _ in
            try Self.submit(bench, "b", .unchangedSince([first]))
        }
        #expect(await bench.bench.lane.run { outcomes.allSatisfy { $0.value != nil } })
        let positions = try outcomes.compactMap { try? $0.value?.get() }.map(Self.position)
        #expect(positions == [Position(epoch: first.epoch, offset: 2)])
        for outcome in outcomes.dropFirst() {
            #expect(throws: Rejection.changed(to: positions[0])) { try outcome.value?.get() }
        }
        #expect(try await bench.document().text("t") == "ba")
    }

    @Test(
        "What waits before it counts, stored or not when the command came",
        arguments: [TopicSettings(), overlapping]
    )
    func order(settings: TopicSettings) async throws {
        let bench = DocumentBench(settings: settings)
        let first = try Self.position(try await bench.edit(Self.typed("a")))
        let outcomes = [
            try Self.submit(bench, "b", nil), try Self.submit(bench, "c", nil),
            try Self.submit(bench, "d", .unchangedSince([first])),
            try Self.submit(bench, "e", nil),
        ]
        #expect(await bench.bench.lane.run { outcomes.allSatisfy { $0.value != nil } })
        let now = Position(epoch: first.epoch, offset: 3)
        #expect(throws: Rejection.changed(to: now)) { try outcomes[2].value?.get() }
        #expect(try await bench.document().text("t") == "ecba")
    }

    @Test("What another has stored meanwhile counts too")
    func elsewhere() async throws {
        let bench = DocumentBench()
        let first = try Self.position(try await bench.edit(Self.typed("a")))
        _ = try await bench.restarted().edit(Self.typed("b"))
        let outcome = try Self.submit(bench, "c", .unchangedSince([first]))
        #expect(await bench.bench.lane.run { outcome.value != nil })
        let now = Position(epoch: first.epoch, offset: 2)
        #expect(throws: Rejection.changed(to: now)) { try outcome.value?.get() }
        #expect(try await bench.records().count == 2)
    }

    @Test("A repeat gets the first result, though the condition holds no longer")
    func repeated() async throws {
        let bench = DocumentBench()
        let first = try Self.position(try await bench.edit(Self.typed("a")))
        for hub in [bench, bench, bench.restarted()] {
            let outcome = try Self.submit(hub, "b", .unchangedSince([first]), key: "k")
            let isAnswered = await hub.bench.lane.run { outcome.value != nil }
            #expect(isAnswered)
            let position = try outcome.value.map { try Self.position($0.get()) }
            #expect(position == Position(epoch: first.epoch, offset: 2))
        }
        #expect(try await bench.records().count == 2)
    }

    @Test("That it exists is a condition too")
    func exists() async throws {
        let bench = DocumentBench()
        let early = try Self.submit(bench, "a", .exists)
        #expect(await bench.bench.lane.run { early.value != nil })
        #expect(throws: Rejection.self) { try early.value?.get() }
        _ = try await bench.edit(Self.typed("a"))
        let late = try Self.submit(bench, "b", .exists)
        #expect(await bench.bench.lane.run { late.value != nil })
        #expect(try late.value?.get()["position"] != nil)
    }

    @Test(
        "An answer names the position that it was made at, edits of the same turn included",
        arguments: [TopicSettings(), overlapping]
    )
    func exact(settings: TopicSettings) async throws {
        let bench = DocumentBench(settings: settings)
        let first = try Self.position(try await bench.edit(Self.typed("a")))
        var answers: [Box<Result<JSON, Rejection>>] = []
        for _ in 0..<3 {
            _ = try Self.submit(bench, "b", nil)
            let answer = Box<Result<JSON, Rejection>>()
            let ask = Ask(
                action: "content",
                topic: try TopicID(DocumentBench.topic),
                fields: ["root": "t"],
                principal: TopicBench.principal("ada")
            )
            bench.bench.router.submit(ask, .caller { answer.put($0) })
            answers.append(answer)
        }
        #expect(await bench.bench.lane.run { answers.allSatisfy { $0.value != nil } })
        for (index, answer) in answers.enumerated() {
            let reply = try #require(try answer.value?.get())
            #expect(reply["content"]?.string?.count == index + 2)
            let offset = Offset(index + 2)
            #expect(try Self.position(reply) == Position(epoch: first.epoch, offset: offset))
        }
    }

    private static func typed(_ text: String) -> JSON {
        ["op": "insert", "root": "t", "index": 0, "text": .string(text)]
    }
}
