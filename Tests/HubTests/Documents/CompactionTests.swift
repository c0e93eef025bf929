import CRDT
import Hub
import Testing

/// If these fail, a document's storage grows for ever, or a snapshot loses something.
@Suite("Compaction of documents")
struct CompactionTests {
    @Test("After many single edits storage stays near the state's size, and nothing is lost")
    func size() async throws {
        let bench = DocumentBench()
        let editor = YDocument()
        var length = 0
        for number in 0..<3_000 {
            let place = number % 7 == 0 ? length / 2 : length
            try await bench.update(editor.type("\(number % 10)", at: place, as: 0xFFFF_FFFF))
            length += 1
        }
        let size = bench.journal.size(of: try TopicID(DocumentBench.topic))
        #expect(size.records < 1_500)
        let loaded = try await bench.restarted().document()
        #expect(loaded.text("t") == editor.text("t"))
        #expect(loaded.stateVector == editor.stateVector)
    }

    @Test("An edit whose key was used is not made again, also when its record is forgotten")
    func keyedEdits() async throws {
        let bench = DocumentBench()
        let edit: JSON = [
            "operations": [["op": "insert", "root": "keyed", "index": 0, "text": "once"]]
        ]
        let first = try await bench.ask("edit", edit, key: "k")
        let long = String(repeating: "long ", count: 10_000)
        try await bench.update(YDocument().type(long, at: 0, as: 5))
        let topic = try TopicID(DocumentBench.topic)
        let journal = bench.journal
        // What is left is the version that the hub keeps by itself.
        #expect(
            await bench.bench.lane.run {
                journal.size(of: topic).records == 1
                    && journal.versions(of: topic).allSatisfy(\.isFinished)
            }
        )
        let left = try await journal.read(topic, after: 0, limit: 9)
        #expect(left.map(\.type) == [DocumentEvent.versionSavingType])
        let later = bench.restarted()
        let again = try await later.ask("edit", edit, key: "k")
        #expect(again["position"] == first["position"])
        let other = try await later.rejection("create", [:], key: "k")
        #expect(other?.code == .keyReused)
        #expect(try await later.document().text("keyed") == "once")
        _ = try await later.ask("edit", edit, key: "k", by: "bob")
        #expect(try await later.document().text("keyed") == "onceonce")
    }

    @Test("A snapshot knows how lists show the document")
    func summary() async throws {
        let topic = try TopicID(DocumentBench.topic)
        var log = DocumentLog(topic: topic)
        #expect(log.summary == nil)
        let bytes = YDocument().type("a", at: 0, as: 5)
        let events: [(DocumentEvent, String)] = [
            (.created(title: "Notes"), "ada"), (.updated(bytes, try YUpdate(v1: bytes)), "bob"),
        ]
        for (index, entry) in events.enumerated() {
            let number = Int64(index + 1)
            log.apply(
                entry.0,
                id: RecordID(number),
                author: entry.1,
                at: Timestamp(milliseconds: number)
            )
        }
        let restored = try #require(DocumentLog(topic: topic, snapshot: log.snapshot()))
        let expected = DocumentSummary(
            name: "notes",
            title: "Notes",
            createdAt: Timestamp(milliseconds: 1),
            createdBy: "ada",
            updatedAt: Timestamp(milliseconds: 2),
            updatedBy: "bob",
            updates: 1
        )
        #expect(log.summary == expected)
        #expect(restored.summary == expected)
    }

    @Test(
        "A snapshot and the records after it make the state that all records make",
        arguments: 1...20
    )
    func equivalence(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let topic = try TopicID(DocumentBench.topic)
        let editors = (0..<3).map { _ in YDocument() }
        var events: [DocumentEvent] = []
        for _ in 0..<60 {
            let place = Int.random(in: 0..<editors.count, using: &dice)
            let editor = editors[place]
            let length = editor.text("t").utf16.count
            let index = Int.random(in: 0...length, using: &dice)
            let bytes = editor.type("x\(index)", at: index, as: UInt64(place + 1))
            let update = try YUpdate(v1: bytes)
            events.append(.updated(bytes, update))
            // Some never hear of some: what they write later waits, or doesn't.
            for other in editors where Bool.random(using: &dice) { other.apply(update) }
        }
        var whole = DocumentLog(topic: topic)
        let cut = Int.random(in: 0...events.count, using: &dice)
        var part = DocumentLog(topic: topic)
        let at = Timestamp(milliseconds: 1)
        for (index, event) in events.enumerated() {
            let id = RecordID(Int64(index + 1))
            whole.apply(event, id: id, author: "ada", at: at)
            if index == cut {
                part = try #require(DocumentLog(topic: topic, snapshot: part.snapshot()))
            }
            part.apply(event, id: id, author: "ada", at: at)
        }
        let restored = try #require(DocumentLog(topic: topic, snapshot: part.snapshot()))
        #expect(DocumentLog.state(in: part.snapshot()) == DocumentLog.state(in: whole.snapshot()))
        let again = DocumentLog.state(in: restored.snapshot())
        #expect(again == DocumentLog.state(in: part.snapshot()))
    }
}
