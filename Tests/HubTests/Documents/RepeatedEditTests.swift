import CRDT
import Hub
import Testing

/// If these fail, an acknowledged edit waits for ever for one that was never stored.
@Suite("Edits beside one that was made before")
struct RepeatedEditTests {
    private static func edit(_ text: String) -> JSON {
        ["operations": [["op": "insert", "root": "t", "index": 0, "text": .string(text)]]]
    }

    /// The hub has started again, or is another node: it no longer knows the key by heart.
    private static func bench(after earlier: String) async throws -> DocumentBench {
        let bench = DocumentBench()
        _ = try await bench.ask("edit", edit(earlier), key: "k")
        return bench.restarted()
    }

    /// The commands come in one turn; the answer to the last is given.
    private static func ask(
        _ bench: TopicBench,
        _ commands: (action: String, data: JSON, key: String?)...
    ) async throws -> JSON {
        let numbers = try commands.map { command in
            try bench.submit(
                command.action,
                to: DocumentBench.topic,
                command.data,
                key: command.key
            )
        }
        _ = await bench.lane.run { numbers.allSatisfy { bench.answer($0) != nil } }
        let answers = try numbers.map { try bench.answer($0)?.get() }
        return (answers.last ?? nil) ?? .null
    }

    @Test("What comes in one turn with it is stored without what it did", arguments: [nil, "l"])
    func edits(key: String?) async throws {
        let bench = try await Self.bench(after: "a")
        _ = try await Self.ask(
            bench.bench,
            ("edit", Self.edit("a"), "k"),
            ("edit", Self.edit("b"), key),
            ("edit", Self.edit("c"), nil)
        )
        for each in [bench, bench.restarted()] {
            #expect(try await each.document().text("t") == "cba")
        }
    }

    @Test("Behind an update under a used key that says something else, too")
    func otherUpdate() async throws {
        let bench = DocumentBench()
        _ = try await bench.ask(
            "update",
            ["update": .bytes(YDocument().type("a", at: 0, as: 5))],
            key: "k"
        )
        let later = bench.restarted()
        let other: JSON = ["update": .bytes(YDocument().type("x", at: 0, as: 4))]
        _ = try await Self.ask(later.bench, ("update", other, "k"), ("edit", Self.edit("b"), nil))
        for each in [later, later.restarted()] {
            #expect(try await each.document().text("t") == "ba")
        }
    }

    @Test("Who asks in one turn with it is not told what it did")
    func reading() async throws {
        let bench = try await Self.bench(after: "a")
        let reply = try await Self.ask(
            bench.bench,
            ("edit", Self.edit("a"), "k"),
            ("state", [:], nil)
        )
        let document = YDocument()
        document.apply(try YUpdate(v1: reply["state"]?.binary ?? []))
        #expect(document.text("t") == "a")
    }
}
