import Hub
import JournalContract
import Testing

@testable import Storage

/// If these fail, balancers send work to a hub that can store nothing.
@Suite("Whether the store can be written")
struct WriteProbeTests {
    private static func append(_ store: Store, _ draft: Draft) async -> Bool {
        let topic = Drafts.topic("probe")
        let records = try? await store.journal.append([draft], to: topic, expecting: nil)
        return records != nil
    }

    @Test("A store that rests is tried, time and again, and grows by nothing")
    func resting() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        for _ in 0..<20 { #expect(await store.writingProblem() == nil) }
        try await store.run { connection in
            let rows = try? connection.statement("SELECT count(*) FROM settings")
                .first { $0.int(0) }
            #expect(rows ?? 99 < 10)
        }
        await store.close()
        #expect(await store.writingProblem() != nil)
    }

    @Test("A file that can't be written shows without anybody having written")
    func readOnly() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        try await store.run { try? $0.execute("PRAGMA query_only = 1") }
        let problem = try #require(await store.writingProblem())
        #expect(problem.hasPrefix("can't be written"))
        try await store.run { try? $0.execute("PRAGMA query_only = 0") }
        #expect(await store.writingProblem() == nil)
        await store.close()
    }

    @Test("A commit that failed for want of room shows, until a later one succeeds")
    func full() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        var drafts = Drafts()
        #expect(await Self.append(store, drafts.next()))
        #expect(store.figures.lastCommits.haveSucceeded(within: .seconds(60), before: .now))
        try await store.run { try? $0.execute("PRAGMA max_page_count = 1") }
        let large = #"{"text":""# + String(repeating: "x", count: 90_000) + #""}"#
        #expect(await !Self.append(store, drafts.next(key: "large", payload: large)))
        let problem = try #require(await store.writingProblem())
        #expect(problem.hasPrefix("no room left on the disk, "))
        // Once that commit is forgotten a small row would find room, and a commit would not.
        var probe = WriteProbe(queue: store.queue, figures: store.figures)
        probe.distrusted = .zero
        #expect(await probe.problem() == "no room left on the disk")
        try await store.run { try? $0.execute("PRAGMA max_page_count = 1000000") }
        #expect(await probe.problem() == nil)
        #expect(await Self.append(store, drafts.next()))
        #expect(await store.writingProblem() == nil)
        await store.close()
    }

    @Test("A record that can't be stored says nothing of the disk")
    func faultyRow() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path, durability: .os)
        var drafts = Drafts()
        let taken = drafts.next()
        #expect(await Self.append(store, taken))
        #expect(await !Self.append(store, taken))
        #expect(await store.writingProblem() == nil)
        await store.close()
    }

    @Test("The newest commit counts, and only while it is new")
    func times() {
        let now = ContinuousClock.now
        var last = LastCommits()
        #expect(!last.haveSucceeded(within: .seconds(5), before: now))
        #expect(last.failure(within: .seconds(10), before: now) == nil)
        last.failure = (now - .seconds(9), .full)
        #expect(last.failure(within: .seconds(10), before: now)?.error == .full)
        #expect(last.failure(within: .seconds(8), before: now) == nil)
        last.succeeded = now - .seconds(20)
        #expect(last.failure(within: .seconds(10), before: now)?.age == .seconds(9))
        #expect(!last.haveSucceeded(within: .seconds(60), before: now))
        last.succeeded = now - .seconds(2)
        #expect(last.failure(within: .seconds(10), before: now) == nil)
        #expect(last.haveSucceeded(within: .seconds(5), before: now))
        #expect(!last.haveSucceeded(within: .seconds(1), before: now))
    }
}
