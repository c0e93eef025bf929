import Hub
import Testing

@testable import Cluster

@Suite("Entries that are more than fits at once")
struct LargeEntriesTests {
    /// Has no answer of more than so many entries.
    private struct NarrowLog: SharedLog {
        let log: ModelLog
        let entriesMaximum: Int

        func append(_ proposal: Proposal) async throws(SharedLogError) -> Verdict {
            try await log.append(proposal)
        }

        func leave(_ topic: TopicID, _ node: String) async throws(SharedLogError) {
            try await log.leave(topic, node)
        }

        func read(
            _ partition: Partition,
            after sequence: UInt64,
            limit: Int
        ) async throws(SharedLogError) -> [LoggedEntry] {
            guard limit <= entriesMaximum else { throw .uncertain("The answer is too large.") }
            return try await log.read(partition, after: sequence, limit: limit)
        }

        func place(of partition: Partition) async throws(SharedLogError) -> LogPlace? {
            try await log.place(of: partition)
        }

        func claim(
            _ claim: Claim,
            on partition: Partition
        ) async throws(SharedLogError) -> Election {
            try await log.claim(claim, on: partition)
        }

        func restore(
            _ restoration: Restoration,
            of partition: Partition
        ) async throws(SharedLogError) -> Bool {
            try await log.restore(restoration, of: partition)
        }

        func follow(_ partitions: [Partition], _ handler: @escaping @Sendable (LogNews) -> Void) {
            log.follow(partitions, handler)
        }
    }

    private static func draft(_ number: Int64, bytes: Int = 2) -> Draft {
        Draft(
            id: RecordID(number),
            author: "ada",
            at: Timestamp(milliseconds: 1),
            key: nil,
            type: "x",
            payload: [UInt8](repeating: 0, count: bytes),
            isBinary: true
        )
    }

    @Test("A node that can't read so many at once reads fewer")
    func reading() async throws {
        let log = ModelLog()
        let topic = try TopicID("room:r")
        let node = try await ClusterNode("a", over: log)
        for number in Int64(1)...3 {
            _ = try await node.journal.append([Self.draft(number)], to: topic, expecting: nil)
        }
        var limits = FollowerLimits()
        limits.batch = 8
        let copy = InMemoryJournal()
        let journal = try await ClusterJournal(
            node: "b",
            log: NarrowLog(log: log, entriesMaximum: 4),
            local: copy,
            replica: copy,
            limits: limits,
            logger: silent
        ) { _, _ in }
        let running = Task { await journal.run() }
        try await eventually("The copy has not all entries") {
            try await copy.bookmarks()[Partition(of: topic)]?.sequence == 3
        }
        running.cancel()
        await running.value
        await node.stop()
    }

    @Test(
        "A restored log's tail is cut by entries and by bytes, and nothing of it is left out",
        arguments: [
            ([], []), ([1], [1]), ([1, 1, 1, 1], [3, 1]), ([9000], [1]),
            ([9000, 9000, 1], [1, 1, 1]), ([5000, 5000, 1, 1, 1, 1], [1, 3, 2]),
        ] as [([Int], [Int])]
    )
    func pieces(_ sizes: [Int], _ counts: [Int]) throws {
        let topic = try TopicID("room:r")
        let tail = sizes.enumerated().map { index, size -> Entry in
            let record = Record(Self.draft(Int64(index + 1), bytes: size), offset: 1)
            return Entry(id: 7, sequence: UInt64(index + 1), topic: topic, records: [record])
        }
        let restoration = Restoration(
            token: 1,
            bookmark: Bookmark(epoch: Epoch(2), sequence: UInt64(tail.count), entry: 7),
            heads: [:],
            tail: tail,
            before: 0
        )
        let pieces = restoration.pieces(of: 3, bytes: 8000)
        #expect(pieces.map(\.count) == counts)
        #expect(pieces.flatMap(\.self).map(\.sequence) == tail.map(\.sequence))
    }
}
