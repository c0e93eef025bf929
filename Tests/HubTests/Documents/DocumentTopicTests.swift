import CRDT
import Hub
import Testing

/// If these fail, edits are lost, or shown before they are stored.
@Suite("Documents as topics")
struct DocumentTopicTests {
    @Test("An update is stored as it is, by its author, and what says nothing new is not stored")
    func update() async throws {
        let bench = DocumentBench()
        let editor = YDocument()
        let first = editor.type("hello", at: 0, as: 7)
        #expect(try await bench.update(first, by: "bob")["position"] != nil)
        #expect(try await bench.update(first)["position"] == nil)
        let records = try await bench.records()
        #expect(records.map(\.payload) == [first])
        #expect(records.map(\.isBinary) == [true])
        #expect(records.map(\.author) == ["bob"])
        #expect(try await bench.document().text("t") == "hello")
    }

    @Test("Members are shown what is stored; a failed append leaves nothing and is answered so")
    func failure() async throws {
        let bench = DocumentBench()
        let seats = RecordingSeats()
        let topic = DocumentBench.topic
        _ = try await bench.bench.join(topic, connection: 1, user: "bob", seats: seats)
        let editor = YDocument()
        try await bench.update(editor.type("a", at: 0, as: 7))
        bench.journal.failNextAppends(1)
        let lost = editor.type("b", at: 1, as: 7)
        #expect(try await bench.rejection("update", ["update": .bytes(lost)]) == .unavailable)
        #expect(try await bench.document().text("t") == "a")
        #expect(seats.notes.records.count == 1)
        try await bench.update(lost)
        #expect(try await bench.document().text("t") == "ab")
        #expect(seats.notes.records.count == 2)
    }

    @Test("An update that waits for another says so, and is kept until that comes")
    func gap() async throws {
        let bench = DocumentBench()
        let editor = YDocument()
        let first = editor.type("a", at: 0, as: 7)
        let second = editor.type("b", at: 1, as: 7)
        let reply = try await bench.update(second)
        #expect(reply["missing"] == true)
        #expect(reply["vector"]?.binary == [0])
        #expect(try await bench.document().text("t") == "")
        let later = bench.restarted()
        #expect(try await later.update(first)["missing"] == nil)
        #expect(try await later.document().text("t") == "ab")
    }

    @Test("What is no update is refused and changes nothing")
    func hostile() async throws {
        let bench = DocumentBench()
        for bytes: [UInt8] in [
            [], [1], [1, 1, 1, 0, 11, 0, 0],
            [1, 1, 1, 0, 0, 255, 255, 255, 255, 255, 255, 255, 15, 0],
        ] {
            let rejection = try await bench.rejection("update", ["update": .bytes(bytes)])
            #expect(rejection?.retry == false, "\(bytes)")
        }
        #expect(try await bench.records().isEmpty)
    }

    @Test("Edits without Yjs are all made or none, and converge with those of editors")
    func edits() async throws {
        let bench = DocumentBench()
        let editor = YDocument()
        try await bench.update(editor.type("hello", at: 0, as: 7))
        _ = try await bench.edit(
            ["op": "insert", "root": "t", "index": 5, "text": " world"],
            ["op": "delete", "root": "t", "index": 0, "length": 1],
            ["op": "insert", "root": "t", "index": 0, "text": "H"],
            ["op": "set", "root": "m", "key": "k", "value": [1, "x", true]],
            ["op": "push", "root": "l", "values": [1, 2]]
        )
        let refused = try await bench.rejection(
            "edit",
            [
                "operations": [
                    ["op": "insert", "root": "t", "index": 0, "text": "X"],
                    ["op": "delete", "root": "t", "index": 90, "length": 1],
                ]
            ]
        )
        #expect(refused?.code == .badRequest)
        try await bench.update(editor.type("!", at: 5, as: 7))
        let document = try await bench.document()
        #expect(document.text("t") == "Hello! world" || document.text("t") == "Hello world!")
        #expect(document.json("m", as: .map)["k"] == [1, "x", true])
        #expect(document.json("l", as: .array) == [1, 2])
        let again = try await bench.restarted().document()
        #expect(again.text("t") == document.text("t"))
    }

    @Test("A version is restored by edits, so that others' later edits stay")
    func restore() async throws {
        let bench = DocumentBench()
        _ = try await bench.edit(
            ["op": "insert", "root": "t", "index": 0, "text": "one two three"],
            ["op": "set", "root": "m", "key": "a", "value": 1]
        )
        let saved = try await bench.ask("saveVersion", ["name": "first"])
        _ = try await bench.edit(
            ["op": "setText", "root": "t", "text": "one three, four"],
            ["op": "remove", "root": "m", "key": "a"],
            ["op": "set", "root": "m", "key": "b", "value": 2]
        )
        let before = try await bench.records().count
        let ask = Ask(
            action: "restore",
            topic: try TopicID(DocumentBench.topic),
            fields: ["versionId": saved["versionId"] ?? .null],
            principal: TopicBench.principal("ada")
        )
        let outcome = Box<Result<JSON, Rejection>>()
        bench.bench.router.submit(ask, .caller { outcome.put($0) })
        #expect(await bench.bench.lane.run { outcome.value != nil })
        _ = try outcome.value?.get()
        #expect(try await bench.records().count == before + 1)
        let document = try await bench.document()
        #expect(document.text("t") == "one two three")
        #expect(document.json("m", as: .map) == ["a": 1])
    }

    @Test("A deleted document ends its memberships and refuses what comes, until it is made anew")
    func deletion() async throws {
        let bench = DocumentBench()
        let seats = RecordingSeats()
        let topic = DocumentBench.topic
        _ = try await bench.bench.join(topic, connection: 1, user: "bob", seats: seats)
        let editor = YDocument()
        let typed = editor.type("secret", at: 0, as: 7)
        try await bench.update(typed)
        _ = try await bench.ask("delete")
        #expect(await bench.bench.lane.run { seats.notes.expelled.count == 1 })
        #expect(seats.notes.expelled.first?.reason == "deleted")
        let refusal = try await bench.rejection("update", ["update": .bytes(typed)])
        #expect(refusal?.code == .notFound)
        let restarted = bench.restarted()
        #expect(try await restarted.rejection("state", [:])?.code == .notFound)
        _ = try await restarted.ask("create", ["title": "Again"])
        #expect(try await restarted.document().text("t") == "")
    }

    @Test("A title is changed, shown to members once it is stored, and kept in snapshots")
    func rename() async throws {
        let bench = DocumentBench()
        let seats = RecordingSeats()
        _ = try await bench.ask("create", ["title": "First"])
        let topic = DocumentBench.topic
        _ = try await bench.bench.join(topic, connection: 1, user: "bob", seats: seats)
        #expect(try await bench.ask("rename", ["title": "Second"])["position"] != nil)
        #expect(try await bench.ask("rename", ["title": "Second"])["position"] == nil)
        #expect(try await bench.rejection("rename", [:])?.code == .badRequest)
        #expect(try await bench.rejection("rename", ["title": "a\nb"])?.code == .badRequest)
        #expect(seats.notes.records.count == 1)
        #expect(try await bench.records().map(\.type) == ["doc_created", "doc_renamed"])
        _ = try await DocumentWorkbench(bench.journal).compact(try TopicID(DocumentBench.topic))
        let restarted = bench.restarted()
        #expect(try await restarted.ask("inspect")["title"] == "Second")
        _ = try await restarted.ask("delete")
        #expect(try await restarted.rejection("rename", ["title": "Third"])?.code == .notFound)
    }

    @Test("A title for a document that isn't there creates it")
    func renameNothing() async throws {
        let bench = DocumentBench()
        _ = try await bench.ask("rename", ["title": "First"], key: "k")
        #expect(try await bench.records().map(\.type) == ["doc_created"])
        #expect(try await bench.ask("rename", ["title": "First"], key: "k")["position"] != nil)
        #expect(try await bench.records().count == 1)
    }

    @Test("A text is told in runs of those who wrote them, without what was deleted")
    func runs() async throws {
        let bench = DocumentBench()
        let (ada, bob) = (YDocument(), YDocument())
        let first = ada.type("héllo 👋 world", at: 0, as: 7)
        try await bench.update(first, by: "ada")
        bob.apply(try YUpdate(v1: first))
        try await bench.update(bob.type("dear ", at: 9, as: 8), by: "bob")
        _ = try await bench.ask(
            "edit",
            [
                "operations": [
                    ["op": "delete", "root": "t", "index": 0, "length": 1],
                    ["op": "insert", "root": "t", "index": 18, "embed": ["image": "x"]],
                ]
            ],
            by: "cy"
        )
        let expected: [JSON] = [
            ["text": "éllo 👋 ", "userId": "ada", "length": 8],
            ["text": "dear ", "userId": "bob", "length": 5],
            ["text": "world", "userId": "ada", "length": 5],
            ["text": "", "userId": "cy", "length": 1],
        ]
        for hub in [bench, bench.restarted()] {
            let runs = try await hub.inquire("authors", ["root": "t"])["runs"]?.array ?? []
            #expect(
                runs.map {
                    [
                        "text": $0["text"] ?? .null, "userId": $0["userId"] ?? .null,
                        "length": $0["length"] ?? .null,
                    ]
                } == expected
            )
            #expect(runs.prefix(3).map { $0["clientId"] } == [7, 8, 7])
        }
        #expect(try await bench.inquire("authors", ["root": "none"])["runs"] == [])
    }

    @Test("Who wrote what is told by user and client, also after a restart from a snapshot")
    func authors() async throws {
        let bench = DocumentBench()
        try await bench.update(YDocument().type("a", at: 0, as: 7), by: "ada")
        try await bench.update(YDocument().type("b", at: 0, as: 8), by: "bob")
        for hub in [bench, bench.restarted()] {
            let authors = try await hub.ask("authors")["authors"]?.array ?? []
            #expect(authors.map { $0["userId"] } == ["ada", "bob"])
            #expect(authors.map { $0["clients"] } == [[7], [8]])
        }
    }
}
