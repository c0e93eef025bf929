import CRDT
import Hub
import Testing

/// If these fail, versions are lost between nodes, or made twice.
@Suite("Versions of documents")
struct VersionTests {
    private static let hello: JSON = ["op": "insert", "root": "t", "index": 0, "text": "hello "]

    @Test("A version is a small record that members see, and reads as the document did")
    func record() async throws {
        let bench = DocumentBench()
        let seats = RecordingSeats()
        _ = try await bench.edit(Self.hello)
        _ = try await bench.bench.join(
            DocumentBench.topic,
            connection: 1,
            user: "bob",
            seats: seats
        )
        let saved = try await bench.ask("saveVersion", ["name": "first"])
        _ = try await bench.edit(Self.hello)
        #expect(saved["name"] == "first")
        #expect(saved["by"] == "ada")
        #expect(saved["automatic"] == false)
        #expect(saved["position"] != nil)
        let id = try #require(saved["versionId"]?.recordID)
        let stored = try await bench.records()[1]
        #expect(stored.id == id)
        #expect(stored.type == "version_saved")
        let payload = #"{"versionId":"\#(id)","name":"first"}"#
        #expect(String(decoding: stored.payload, as: UTF8.self) == payload)
        #expect(seats.notes.records.map(\.type) == ["version_saved", "update"])
        let read: JSON = ["versionId": .string(id.description), "root": "t"]
        #expect(try await bench.inquire("version", read)["content"] == "hello ")
        _ = try await bench.inquire("removeVersion", ["versionId": .string(id.description)])
        #expect(seats.notes.records.last?.type == "version_removed")
        #expect(try await bench.inquire("versions", [:])["versions"] == [])
        await #expect(throws: Rejection.self) { try await bench.inquire("version", read) }
        await #expect(throws: Rejection.self) { try await bench.inquire("removeVersion", read) }
        let document = try await bench.restarted().document()
        #expect(document.text("t") == "hello hello ")
    }

    @Test("A repeat under the same key saves and removes nothing, also when records are forgotten")
    func keys() async throws {
        let bench = DocumentBench()
        _ = try await bench.edit(Self.hello)
        let first = try await bench.ask("saveVersion", ["name": "first"], key: "k")
        let topic = try TopicID(DocumentBench.topic)
        for isForgotten in [false, true] {
            if isForgotten {
                let archive = InMemoryDocumentArchive(journal: bench.journal)
                _ = try await DocumentWorkbench(bench.journal, archive).compact(topic)
            }
            let again = try await bench.restarted().ask("saveVersion", ["name": "first"], key: "k")
            #expect(again == first)
        }
        #expect(bench.journal.versions(of: topic).count == 1)
        let ask = Ask(
            action: "removeVersion",
            topic: topic,
            fields: ["versionId": first["versionId"] ?? .null],
            key: "r",
            principal: TopicBench.principal("ada")
        )
        var positions: [JSON?] = []
        for _ in 0..<2 {
            let outcome = Box<Result<JSON, Rejection>>()
            let later = bench.restarted()
            later.bench.router.submit(ask, .caller { outcome.put($0) })
            #expect(await later.bench.lane.run { outcome.value != nil })
            positions.append(try outcome.value?.get()["position"])
        }
        #expect(positions[0] != nil)
        #expect(positions[0] == positions[1])
        #expect(bench.journal.versions(of: topic).isEmpty)
    }

    @Test("A document has 500 named versions at the most, and needs to be there")
    func limits() async throws {
        let bench = DocumentBench()
        let topic = try TopicID(DocumentBench.topic)
        #expect(try await bench.rejection("saveVersion", ["name": "x"])?.code == .notFound)
        _ = try await bench.edit(Self.hello)
        #expect(try await bench.rejection("saveVersion", [:])?.code == .badRequest)
        let long = String(repeating: "x", count: 201)
        let rejection = try await bench.rejection("saveVersion", ["name": .string(long)])
        #expect(rejection?.code == .badRequest)
        let drafts = (1..<500).map { number in
            Draft(
                id: RecordID(number),
                author: "ada",
                at: Timestamp(milliseconds: number),
                key: nil,
                event: DocumentEvent.versionSaved(RecordID(number), name: "v\(number)")
            )
        }
        _ = try await bench.journal.append(drafts, to: topic, expecting: nil)
        let later = bench.restarted()
        let saved = try await later.ask("saveVersion", ["name": "last"])
        #expect(try await later.rejection("saveVersion", ["name": "x"])?.code == .limitReached)
        let fields: JSON = ["versionId": saved["versionId"] ?? .null]
        _ = try await later.inquire("removeVersion", fields)
        _ = try await later.ask("saveVersion", ["name": "x"])
        _ = try await later.ask("delete")
        #expect(try await later.rejection("saveVersion", ["name": "x"])?.code == .notFound)
        #expect(bench.journal.versions(of: topic).isEmpty)
    }

    @Test("Saving on a condition fails when somebody wrote meanwhile")
    func condition() async throws {
        let bench = DocumentBench()
        let position = try #require(try await bench.edit(Self.hello)["position"]?.string)
        let ask = Ask(
            action: "saveVersion",
            topic: try TopicID(DocumentBench.topic),
            fields: ["data": ["name": "x"]],
            condition: .unchangedSince([try Position(position)]),
            principal: TopicBench.principal("ada")
        )
        var outcomes: [Rejection?] = []
        for _ in 0..<2 {
            let outcome = Box<Result<JSON, Rejection>>()
            bench.bench.router.submit(ask, .caller { outcome.put($0) })
            #expect(await bench.bench.lane.run { outcome.value != nil })
            if case .failure(let rejection) = outcome.value {
                outcomes.append(rejection)
            } else {
                outcomes.append(nil)
            }
        }
        #expect(outcomes.map { $0?.code } == [nil, .preconditionFailed])
    }

    @Test("What the hub keeps by itself is one version for a while, and names nobody")
    func automatic() async throws {
        let bench = DocumentBench()
        let topic = try TopicID(DocumentBench.topic)
        let editor = YDocument()
        let long = String(repeating: "long ", count: 10_000)
        for _ in 0..<3 {
            try await bench.update(editor.type(long, at: 0, as: 5))
            #expect(
                await bench.bench.lane.run {
                    bench.journal.versions(of: topic).map(\.isFinished) == [true]
                }
            )
        }
        let version = try #require(bench.journal.versions(of: topic).first)
        #expect(version.name == nil)
        #expect(version.author == "")
        #expect(version.offset == 2)
        let read: JSON = ["versionId": .string(version.id.description), "root": "t"]
        #expect(try await bench.inquire("version", read)["content"] == .string(long))
    }

    @Test("Two nodes have one list, and each makes the states for itself")
    func nodes() async throws {
        let first = DocumentBench(settings: .shared)
        let second = DocumentBench(settings: .shared)
        let seats = RecordingSeats()
        _ = try await first.edit(Self.hello)
        try await Self.absorb(from: first, to: second)
        _ = try await second.bench.join(
            DocumentBench.topic,
            connection: 1,
            user: "eve",
            seats: seats
        )
        let saved = try await first.ask("saveVersion", ["name": "first"])
        _ = try await first.edit(Self.hello)
        try await Self.absorb(from: first, to: second)
        #expect(await second.bench.lane.run { seats.notes.records.count == 2 })
        #expect(seats.notes.records.map(\.type) == ["version_saved", "update"])
        let fields: JSON = ["versionId": saved["versionId"] ?? .null, "root": "t"]
        let here = try await first.inquire("versions", [:])
        #expect(here["versions"]?.array?.count == 1)
        #expect(try await second.inquire("versions", [:]) == here)
        let topic = try TopicID(DocumentBench.topic)
        #expect(second.journal.versions(of: topic).map(\.isFinished) == [false])
        #expect(try await second.inquire("version", fields)["content"] == "hello ")
        #expect(second.journal.versions(of: topic) == first.journal.versions(of: topic))
        _ = try await second.inquire("removeVersion", fields)
        try await Self.absorb(from: second, to: first)
        #expect(try await first.inquire("versions", [:])["versions"] == [])
        #expect(try await first.document().text("t") == "hello hello ")
    }

    /// What one has stored and the other lacks.
    private static func absorb(
        from origin: DocumentBench,
        to other: DocumentBench
    ) async throws {
        let topic = try TopicID(DocumentBench.topic)
        let known = try await other.journal.head(of: topic).offset
        let records = try await origin.journal.read(topic, after: known, limit: 100)
        _ = try await other.journal.append(records.map { Draft($0) }, to: topic, expecting: nil)
        other.bench.router.absorb(records, in: topic)
    }
}
