import Hub
import Storage
import Testing

/// If these fail, a version is in one list and not in the other, or what it is made from is lost.
@Suite("Versions as records make them, in memory and in SQLite")
struct VersionTableTests {
    enum Step: Sendable {
        case write
        case save(String?)
        /// The version of that step.
        case remove(Int)
        case delete
    }

    private static let scripts: [(steps: [Step], listed: [String?])] = [
        ([.write, .save("a"), .write, .save("b")], ["b", "a"]),
        ([.write, .save("a"), .save(nil), .save("b")], ["b", nil, "a"]),
        ([.write, .save("a"), .save("b"), .remove(1)], ["b"]),
        ([.write, .save("a"), .remove(1), .remove(1)], []),
        ([.write, .save("a"), .remove(0)], ["a"]),
        ([.write, .save("a"), .delete], []),
        ([.write, .save("a"), .delete, .save("late")], []),
        ([.write, .save("a"), .delete, .write, .save("b")], ["b"]),
        ([.save("before there is a document")], []),
        ([.write] + Array(repeating: .save(nil), count: 60), Array(repeating: nil, count: 50)),
        (
            [.write, .save("a")] + Array(repeating: .save(nil), count: 60),
            Array(repeating: nil, count: 50) + ["a"]
        ),
    ]

    private static func drafts(_ steps: [Step]) throws -> [Draft] {
        var document = RecordedDocument(try TopicID("doc:notes"))
        return steps.map { step in
            let record =
                switch step {
                case .write: document.append(.created(title: "N"))
                case .save(let name): document.save(name)
                case .remove(let place):
                    document.append(.versionRemoved(RecordID(Int64(place + 1))))
                case .delete: document.append(.deleted)
                }
            return Draft(record)
        }
    }

    @Test("The list is what the records say", arguments: scripts.indices)
    func lists(place: Int) async throws {
        let (steps, listed) = Self.scripts[place]
        let scratch = try Scratch()
        let topic = try TopicID("doc:notes")
        let memory = InMemoryJournal()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let engines: [(any Journal, any DocumentArchive)] = [
            (memory, InMemoryDocumentArchive(journal: memory)), (store.journal, store.documents),
        ]
        let drafts = try Self.drafts(steps)
        for isWhole in [true, false] {
            for (journal, archive) in engines {
                let name = try TopicID("doc:notes-\(isWhole)")
                // Ids are unique over all topics.
                let own = drafts.map { draft in
                    Self.renumbered(draft, by: isWhole ? 0 : 1000)
                }
                for batch in isWhole ? [own] : own.map({ [$0] }) {
                    _ = try await journal.append(batch, to: name, expecting: nil)
                }
                let found = try await archive.versions(of: name, before: nil, limit: 200)
                #expect(found.map(\.name) == listed)
                let unfinished = try await archive.unfinishedVersions(of: name, upTo: .max)
                #expect(unfinished.map(\.id) == found.map(\.id).reversed())
            }
        }
        try await store.rebuildProjections()
        let again = try await store.documents.versions(
            of: try TopicID("doc:notes-true"),
            before: nil,
            limit: 200
        )
        #expect(again.map(\.name) == listed)
        #expect(try await store.documents.versions(of: topic, before: nil, limit: 9).isEmpty)
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    private static func renumbered(_ draft: Draft, by number: Int64) -> Draft {
        var event = DocumentEvent(type: draft.type, payload: draft.payload)
        if case .versionRemoved(let id) = event {
            event = .versionRemoved(RecordID(id.number + number))
        }
        return Draft(
            id: RecordID(draft.id.number + number),
            author: draft.author,
            at: draft.at,
            key: draft.key,
            type: draft.type,
            payload: event?.payload() ?? draft.payload
        )
    }

    @Test("A snapshot waits for the versions before it; their records stay as long")
    func order() async throws {
        let scratch = try Scratch()
        let memory = InMemoryJournal()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let engines: [(any Journal, any DocumentArchive)] = [
            (memory, InMemoryDocumentArchive(journal: memory)), (store.journal, store.documents),
        ]
        let topic = try TopicID("doc:notes")
        var document = RecordedDocument(topic)
        _ = try document.edit(at: 0, "one ")
        let id = document.save("first").id
        _ = try document.edit(at: 0, "two ")
        for (journal, archive) in engines {
            _ = try await journal.append(
                document.records.map { Draft($0) },
                to: topic,
                expecting: nil
            )
            let late = document.snapshot(at: 3)
            await #expect(throws: JournalError.self) { try await journal.save(late, of: topic) }
            #expect(try await journal.snapshot(of: topic) == nil)
            // One at its own record can make it as well.
            try await journal.save(document.snapshot(at: 2), of: topic)
            try await journal.trim(topic, upTo: 3)
            let left = try await journal.read(topic, after: 0, limit: 9)
            #expect(left.map(\.offset) == [2, 3])
            await #expect(throws: JournalError.self) { try await journal.save(late, of: topic) }
            try await VersionMaker(journal, archive).finish(upTo: 3, of: topic)
            let made = try await archive.version(id, of: topic)
            #expect(made?.state == document.state(at: 2))
            try await journal.save(late, of: topic)
            try await journal.trim(topic, upTo: 3)
            #expect(try await journal.read(topic, after: 0, limit: 9).isEmpty)
            #expect(try await archive.version(id, of: topic) == made)
        }
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    @Test("A state that was made for a version which was taken back is not kept")
    func takenBack() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let topic = try TopicID("doc:notes")
        var document = RecordedDocument(topic)
        _ = try document.edit(at: 0, "one ")
        let record = document.save("first")
        _ = try await store.journal.append(
            document.records.map { Draft($0) },
            to: topic,
            expecting: nil
        )
        var version = try #require(try await store.documents.version(record.id, of: topic))
        let epoch = try await store.journal.head(of: topic).epoch
        version.state = [1]
        try await store.documents.finish(version, of: topic, in: Epoch(epoch.number + 1))
        version.offset = 1
        try await store.documents.finish(version, of: topic, in: epoch)
        #expect(try await store.documents.version(record.id, of: topic)?.state == [])
        version.offset = 2
        try await store.documents.finish(version, of: topic, in: epoch)
        version.state = [2]
        try await store.documents.finish(version, of: topic, in: epoch)
        #expect(try await store.documents.version(record.id, of: topic)?.state == [1])
        await store.close()
    }
}
