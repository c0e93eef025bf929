import Hub
import Storage
import Synchronization
import Testing

/// If these fail, a node that was completed from another lacks versions, or shows other ones.
@Suite("Versions that one copy takes from another")
struct VersionExchangeTests {
    /// Gives what another store's log has made, and counts how often.
    private final class StoredVersions: VersionSource {
        private let maker: VersionMaker
        private let count = Mutex(0)

        init(_ store: Store) {
            maker = VersionMaker(store.journal, store.documents)
        }

        var questions: Int { count.withLock(\.self) }

        func state(of version: RecordID, in topic: TopicID) async -> [UInt8]? {
            count.withLock { $0 += 1 }
            return try? await maker.version(version, of: topic)?.state
        }
    }

    /// Versions before and behind a snapshot, in a store that has forgotten what it could.
    private static func whole(_ directory: String, _ topic: TopicID) async throws -> Store {
        let store = try Store.open(directory: directory, durability: .os)
        var document = RecordedDocument(topic)
        _ = try document.edit(at: 0, "one ")
        _ = document.save("first")
        _ = try document.edit(at: 0, "two ")
        _ = document.save(nil)
        _ = try document.edit(at: 0, "three ")
        let drafts = document.records.map { Draft($0) }
        _ = try await store.journal.append(drafts, to: topic, expecting: nil)
        _ = try await DocumentWorkbench(store.journal, store.documents).compact(topic)
        var rest = [try document.edit(at: 0, "four "), document.save("last")]
        rest.append(try document.edit(at: 0, "five "))
        _ = try await store.journal.append(rest.map { Draft($0) }, to: topic, expecting: nil)
        try await store.replica.begin(
            Bookmark(epoch: Epoch(5), sequence: 8, entry: 9),
            in: Partition(of: topic)
        )
        return store
    }

    private static func complete(_ copy: Store, from whole: Store, _ topic: TopicID) async throws {
        let partition = Partition(of: topic)
        let outline = try #require(try await whole.replica.outline(of: partition))
        try await copy.replica.open(partition)
        var offset: Offset = 0
        while offset < outline.topics[0].head {
            let part = try await whole.replica.part(of: topic, after: offset)
            _ = try await copy.replica.take(part)
            offset = part.records.last?.offset ?? part.snapshot?.offset ?? .max
        }
        try await copy.replica.complete(partition, as: outline)
    }

    @Test("The list is the same; what the copy can't make is fetched, at once or when it is read")
    func exchange() async throws {
        let scratch = try Scratch()
        let topic = try TopicID("doc:notes")
        let whole = try await Self.whole(scratch.path("whole"), topic)
        let expected = try await whole.documents.versions(of: topic, before: nil, limit: 9)
        #expect(expected.map(\.name) == ["last", nil, "first"])
        for isFetched in [false, true] {
            let copy = try Store.open(
                directory: scratch.path("copy-\(isFetched)"),
                durability: .os
            )
            // What it had goes, but for what both have.
            var other = RecordedDocument(topic)
            _ = try other.edit(at: 0, "else ")
            _ = try await copy.journal.append(
                other.records.map { Draft($0) }
                    + [Self.draft(77, .versionSaved(RecordID(77), name: "lost"))],
                to: topic,
                expecting: nil
            )
            try await Self.complete(copy, from: whole, topic)
            let listed = try await copy.documents.versions(of: topic, before: nil, limit: 9)
            #expect(listed == expected)
            let source = StoredVersions(whole)
            let maker = VersionMaker(copy.journal, copy.documents, source: source)
            let partition = Partition(of: topic)
            #expect(try await copy.documents.missingVersions(in: partition).count == 2)
            if isFetched {
                try await maker.fetch(in: partition)
                #expect(try await copy.documents.missingVersions(in: partition).isEmpty)
            } else {
                let alone = VersionMaker(copy.journal, copy.documents)
                await #expect(throws: JournalError.self) {
                    try await alone.version(expected[2].id, of: topic)
                }
            }
            for version in expected {
                let theirs = try await VersionMaker(whole.journal, whole.documents)
                    .version(version.id, of: topic)
                #expect(try await maker.version(version.id, of: topic) == theirs)
                // Once is enough.
                _ = try await maker.version(version.id, of: topic)
            }
            #expect(source.questions == 2)
            await copy.close()
            let directory = scratch.path("copy-\(isFetched)")
            #expect(try Inspection.open(directory: directory).verify() == [])
        }
        await whole.close()
    }

    @Test("What only another node has keeps no snapshot from being saved")
    func missing() async throws {
        let scratch = try Scratch()
        let topic = try TopicID("doc:notes")
        let whole = try await Self.whole(scratch.path("whole"), topic)
        let copy = try Store.open(directory: scratch.path("copy"), durability: .os)
        try await Self.complete(copy, from: whole, topic)
        _ = try await DocumentWorkbench(copy.journal, copy.documents).compact(topic)
        #expect(try await copy.journal.read(topic, after: 0, limit: 9).isEmpty)
        let unfinished = try await copy.documents.unfinishedVersions(of: topic, upTo: .max)
        #expect(unfinished.map(\.name) == ["first", nil])
        await copy.close()
        await whole.close()
        #expect(try Inspection.open(directory: scratch.path("copy")).verify() == [])
    }

    private static func draft(_ number: Int64, _ event: DocumentEvent) -> Draft {
        Draft(
            id: RecordID(number),
            author: "ada",
            at: Timestamp(milliseconds: number),
            key: nil,
            event: event
        )
    }
}
