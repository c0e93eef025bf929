import Hub
import JournalContract
import Testing

@testable import Storage

/// If these fail, a version reads as the document never was, or can't be read any more.
@Suite("The states of versions")
struct VersionStateTests {
    /// A document in memory and on the disk, and what both are compared with.
    private final class Twins {
        private let directory: String
        private let topic: TopicID
        private let partition: Partition
        private let memory = InMemoryJournal()
        private(set) var store: Store
        var document: RecordedDocument
        var covered: Offset = 0
        /// A removal that is taken back comes again; until then there is no telling.
        var removed: Offset = 0

        init(_ directory: String) throws {
            self.directory = directory
            topic = try TopicID("doc:notes")
            partition = Partition(of: topic)
            document = RecordedDocument(topic)
            store = try Store.open(directory: directory, durability: .os)
        }

        private var engines: [(journal: any Journal, replica: any Replica, VersionMaker)] {
            let archive = InMemoryDocumentArchive(journal: memory)
            return [
                (memory, memory, VersionMaker(memory, archive)),
                (store.journal, store.replica, VersionMaker(store.journal, store.documents)),
            ]
        }

        func archive(_ record: Record) async throws {
            for (_, replica, _) in engines {
                let sequence = try await replica.bookmarks()[partition]?.sequence ?? 0
                let entry = Entry(
                    id: UInt64(record.id.number) + 500,
                    sequence: sequence + 1,
                    topic: topic,
                    records: [record]
                )
                try await replica.archive([entry], in: partition, epoch: Epoch(5))
            }
        }

        func compact(upTo offset: Offset, forgetting end: Offset) async throws {
            covered = offset
            let snapshot = document.snapshot(at: offset)
            for (journal, _, maker) in engines {
                try await maker.finish(upTo: offset, of: topic)
                try await journal.save(snapshot, of: topic)
                try await journal.trim(topic, upTo: end)
            }
        }

        /// What a snapshot holds can't be taken out of it again.
        func cut(_ random: inout SeededGenerator) async throws {
            let first = max(covered, removed)
            let end = Offset.random(in: first...document.head, using: &random)
            document.cut(behind: end)
            let last = document.records.last.map { UInt64($0.id.number) + 500 }
            let bookmark = Bookmark(epoch: Epoch(5), sequence: UInt64(end), entry: last ?? 0)
            for (_, replica, _) in engines {
                #expect(try await replica.cut(partition, to: bookmark))
            }
        }

        func compare(_ versions: [DocumentVersion]) async throws {
            for version in versions {
                for (_, _, maker) in engines {
                    let read = try await maker.version(version.id, of: topic)
                    #expect(read?.state == document.state(at: version.offset))
                    #expect(read?.name == version.name)
                }
            }
        }

        func reopen() async throws {
            await store.close()
            store = try Store.open(directory: directory, durability: .os)
        }
    }

    @Test(
        "Each is the document at its record, whatever is edited, forgotten, cut or started again",
        arguments: 1...12
    )
    func property(seed: UInt64) async throws {
        let scratch = try Scratch()
        var random = SeededGenerator(seed: seed)
        let twins = try Twins(scratch.path("data"))
        for _ in 0..<120 {
            let known = twins.document.versions.randomElement(using: &random)
            switch Int.random(in: 0..<20, using: &random) {
            case 10..<13 where twins.document.head > 0:
                let name = Bool.random(using: &random) ? "v" : nil
                try await twins.archive(twins.document.save(name))
            case 13:
                guard let known else { continue }
                try await twins.archive(twins.document.append(.versionRemoved(known.id)))
                twins.removed = twins.document.head
            case 14, 15:
                guard twins.document.head > 0 else { continue }
                let first = max(1, twins.covered)
                let covered = Offset.random(in: first...twins.document.head, using: &random)
                let end = Offset.random(in: 0...covered, using: &random)
                try await twins.compact(upTo: covered, forgetting: end)
            case 16: try await twins.cut(&random)
            case 17, 18: try await twins.compare(known.map { [$0] } ?? [])
            case 19: try await twins.reopen()
            default:
                let record = try twins.document.edit(
                    at: .random(in: 0..<1000, using: &random),
                    String("abcdef".prefix(.random(in: 1...6, using: &random))),
                    isDeletion: Int.random(in: 0..<4, using: &random) == 0
                )
                try await twins.archive(record)
            }
        }
        let (versions, store) = (twins.document.versions, twins.store)
        try await twins.compare(versions)
        let topic = twins.document.topic
        let listed = try await store.documents.versions(of: topic, before: nil, limit: 200)
        #expect(listed.map(\.id) == versions.map(\.id).reversed())
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    @Test("One whose hub was killed before it was made is made by the next, also when compacted")
    func killed() async throws {
        let scratch = try Scratch()
        let topic = try TopicID("doc:notes")
        var document = RecordedDocument(topic)
        _ = try document.edit(at: 0, "one")
        let id = document.save("first").id
        _ = try document.edit(at: 0, "two ")
        var store = try Store.open(directory: scratch.path("data"), durability: .os)
        let drafts = document.records.map { Draft($0) }
        _ = try await store.journal.append(drafts, to: topic, expecting: nil)
        await store.close()
        store = try Store.open(directory: scratch.path("data"), durability: .os)
        #expect(try await store.documents.version(id, of: topic)?.isFinished == false)
        _ = try await DocumentWorkbench(store.journal, store.documents).compact(topic)
        #expect(try await store.journal.read(topic, after: 0, limit: 9).isEmpty)
        let desk = try DocumentDesk(store)
        let fields: JSON = ["versionId": .string(id.description), "root": "t"]
        #expect(try await desk.ask("version", fields)["content"] == "one")
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    @Test("Versions from before they had records stay, and go when they are removed")
    func earlier() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let desk = try DocumentDesk(store)
        let edit: JSON = [
            "data": ["operations": [["op": "insert", "root": "t", "index": 0, "text": "old"]]]
        ]
        try await desk.ask("edit", edit)
        let state = try await desk.state()
        try await store.run { connection in
            let insert = try? connection.statement(
                """
                INSERT INTO versions SELECT 7, id, 'old', 1, 'ada', 0, ?1 FROM topics
                WHERE name = 'doc:notes'
                """
            )
            try? insert?.execute(.blob(state))
        }
        try await desk.ask("edit", edit)
        try await desk.ask("saveVersion", ["data": ["name": "new"]])
        _ = try await DocumentWorkbench(store.journal, store.documents).compact(desk.topic)
        try await store.rebuildProjections()
        let listed = try await store.documents.versions(of: desk.topic, before: nil, limit: 9)
        #expect(listed.map(\.name) == ["new", "old"])
        let read = try await desk.ask("version", ["versionId": "7", "root": "t"])
        #expect(read["content"] == "old")
        try await desk.ask("removeVersion", ["versionId": "7"])
        let left = try await store.documents.versions(of: desk.topic, before: nil, limit: 9)
        #expect(left.map(\.name) == ["new"])
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }
}
