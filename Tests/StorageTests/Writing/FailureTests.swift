import Foundation
import Hub
import JournalContract
import Testing

@testable import Storage

/// What happens when the disk or the file fails: nothing is claimed, nothing is lost.
@Suite struct FailureTests {
    @Test("A full disk refuses appends as full, stores none, and is forgotten when it has room")
    func full() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let topic = Drafts.topic("full")
        var drafts = Drafts()
        _ = try await store.journal.append(drafts.next(5), to: topic, expecting: nil)
        try await store.run { connection in
            try? connection.execute("PRAGMA max_page_count = 1")
        }
        let large = #"{"text":""# + String(repeating: "x", count: 9_000) + #""}"#
        var refusals = 0
        for _ in 0..<40 {
            let draft = drafts.next(key: "k\(refusals)", payload: large)
            if await Self.refusal(store, draft, topic) == .full { refusals += 1 }
        }
        #expect(refusals == 40)
        let head = try await store.journal.head(of: topic)
        #expect(head.offset == 5)
        try await store.run { connection in
            try? connection.execute("PRAGMA max_page_count = 1000000")
        }
        let after = try await store.journal.append(
            [drafts.next(key: "k0")],
            to: topic,
            expecting: 5
        )
        #expect(after.map(\.offset) == [6])
        let stored = try await store.journal.read(topic, after: 0, limit: 100)
        #expect(stored.count == 6)
        await store.close()
    }

    private static func refusal(
        _ store: Store,
        _ draft: Draft,
        _ topic: TopicID
    ) async -> JournalError? {
        do throws(JournalError) {
            _ = try await store.journal.append([draft], to: topic, expecting: nil)
            return nil
        } catch {
            return error
        }
    }

    @Test("A record that can't be stored fails alone, not those that came with it")
    func onlyTheFaulty() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let topic = Drafts.topic("faulty")
        var drafts = Drafts()
        let taken = drafts.next()
        _ = try await store.journal.append([taken], to: topic, expecting: nil)
        let outcomes = await withTaskGroup(of: (Bool, Bool).self) { group in
            for index in 0..<40 {
                let isFaulty = index % 10 == 0
                // Its id is another record's already.
                let batch = isFaulty ? [drafts.next(), taken] : [drafts.next()]
                group.addTask {
                    let records = try? await store.journal.append(batch, to: topic, expecting: nil)
                    return (isFaulty, records != nil)
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.allSatisfy { $0.0 != $0.1 })
        let stored = try await store.journal.read(topic, after: 0, limit: 100)
        #expect(stored.map(\.offset) == Array(1...37))
        await store.close()
    }

    @Test("Another opener is refused and told who holds the directory")
    func secondOpener() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        #expect(throws: StorageError.locked(path: scratch.path, process: getpid())) {
            try Store.open(directory: scratch.path)
        }
        await store.close()
        let again = try Store.open(directory: scratch.path)
        await again.close()
    }

    @Test("A file that is no database is refused as such and left as it is")
    func notADatabase() throws {
        let scratch = try Scratch()
        let path = scratch.path(Store.fileName)
        let text = Data(String(repeating: "no database ", count: 1_000).utf8)
        try text.write(to: URL(fileURLWithPath: path))
        #expect(throws: StorageError.notADatabase(path: path)) {
            try Store.open(directory: scratch.path)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
    }

    @Test("A database of a later version is refused")
    func newerSchema() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        try await store.run { connection in
            try? connection.execute("INSERT INTO grdb_migrations VALUES ('99 later')")
        }
        await store.close()
        #expect(throws: StorageError.newerSchema(path: scratch.path(Store.fileName))) {
            try Store.open(directory: scratch.path)
        }
        #expect(throws: StorageError.newerSchema(path: scratch.path(Store.fileName))) {
            try Inspection.open(directory: scratch.path)
        }
    }

    @Test("Damage is found by a check, and reported as damage where it is met")
    func damage() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let topic = Drafts.topic("damage")
        var drafts = Drafts()
        for _ in 0..<20 {
            _ = try await store.journal.append(drafts.next(500), to: topic, expecting: nil)
        }
        await store.close()
        try Self.overwrite(scratch.path(Store.fileName))
        var isNoticed = false
        do throws(StorageError) {
            isNoticed = try !Inspection.open(directory: scratch.path).verify().isEmpty
        } catch {
            if case .corrupt = error { isNoticed = true }
        }
        #expect(isNoticed)
        guard let damaged = try? Store.open(directory: scratch.path) else { return }
        var errors: [JournalError] = []
        for after in stride(from: 0, to: 10_000, by: 500) {
            do throws(JournalError) {
                _ = try await damaged.journal.read(topic, after: Offset(after), limit: 500)
            } catch {
                errors.append(error)
            }
        }
        #expect(!errors.isEmpty)
        for error in errors {
            guard case .corrupt = error else {
                Issue.record("\(error) is not damage")
                continue
            }
        }
        await damaged.close()
    }

    @Test("A closed journal refuses, and what was waiting when it closed is stored")
    func closing() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        let topic = Drafts.topic("closing")
        var drafts = Drafts()
        let waiting = (0..<50).map { _ in drafts.next() }
        let stored = try await withThrowingTaskGroup(of: Int.self) { group in
            for draft in waiting {
                group.addTask {
                    let records = try? await store.journal.append(
                        [draft],
                        to: topic,
                        expecting: nil
                    )
                    return records?.count ?? 0
                }
            }
            await store.close()
            return try await group.reduce(0, +)
        }
        let late = drafts.next()
        await #expect(throws: JournalError.self) {
            try await store.journal.append([late], to: topic, expecting: nil)
        }
        let again = try Store.open(directory: scratch.path)
        #expect(try await again.journal.read(topic, after: 0, limit: 100).count == stored)
        await again.close()
    }

    /// Writes noise over the beginning of every third page.
    private static func overwrite(_ path: String) throws {
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        let size = try handle.seekToEnd()
        var random = SeededGenerator(seed: 9)
        for page in stride(from: UInt64(30), to: size / 4096, by: 3) {
            try handle.seek(toOffset: page * 4096)
            let noise = (0..<512).map { _ in UInt8.random(in: 0...255, using: &random) }
            try handle.write(contentsOf: Data(noise))
        }
    }
}
