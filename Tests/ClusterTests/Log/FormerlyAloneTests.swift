import Hub
import Testing

@testable import Cluster

@Suite("A node that was a hub of its own before")
struct FormerlyAloneTests {
    private static func drafts(_ first: Int64) -> [Draft] {
        (first..<first + 3).map { number in
            Draft(
                id: RecordID(number),
                author: "ada",
                at: Timestamp(milliseconds: number),
                key: nil,
                type: "x",
                payload: Array("{}".utf8)
            )
        }
    }

    @Test("Its log is followed only by who has what no entry of it tells")
    func first() async throws {
        let log = ModelLog()
        let topic = try TopicID("room:r")
        let partition = Partition(of: topic)
        let copy = InMemoryJournal()
        _ = try await copy.append(Self.drafts(1), to: topic, expecting: nil)
        let node = try await ClusterNode("a", over: log, copy: copy)
        let records = try await node.journal.append(Self.drafts(4), to: topic, expecting: nil)
        #expect(records.map(\.offset) == [4, 5, 6])
        try await Self.expectIncomplete(InMemoryJournal(), over: log, partition)
        await node.stop()
    }

    @Test("It doesn't take another's log for the one that it has")
    func second() async throws {
        let log = ModelLog()
        let topic = try TopicID("room:r")
        let node = try await ClusterNode("a", over: log)
        _ = try await node.journal.append(Self.drafts(1), to: topic, expecting: nil)
        let copy = InMemoryJournal()
        _ = try await copy.append(Self.drafts(4), to: topic, expecting: nil)
        try await Self.expectIncomplete(copy, over: log, Partition(of: topic))
        await node.stop()
    }

    private static func expectIncomplete(
        _ copy: InMemoryJournal,
        over log: ModelLog,
        _ partition: Partition
    ) async throws {
        let journal = try await ClusterJournal(
            node: "b",
            log: log,
            local: copy,
            replica: copy,
            logger: silent
        ) { _, _ in }
        let running = Task { await journal.run() }
        try await eventually("The copy does as if it had everything") {
            let status = journal.statuses.first { $0.partition == partition }
            return status?.state == .incomplete
        }
        running.cancel()
        await running.value
    }
}
