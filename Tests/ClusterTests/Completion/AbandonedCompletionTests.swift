import Hub
import Testing

@testable import Cluster

@Suite("A completion that is given up")
struct AbandonedCompletionTests {
    /// A copy in memory that can be opened for a completion.
    private struct OpenedCopy: ReplicaExchange {
        let copy: InMemoryJournal

        func outline(of partition: Partition) async -> PartitionOutline? { nil }

        func part(of topic: TopicID, after: Offset) async -> TopicPart {
            TopicPart(topic: topic, kept: after)
        }

        func open(_ partition: Partition) async throws(JournalError) {
            try await copy.begin(.partial, in: partition)
        }

        func take(_ part: TopicPart) async -> [Record] { [] }

        func complete(_ partition: Partition, as outline: PartitionOutline) async {}
    }

    /// Tells what it has, and is gone when it is asked for it.
    private struct VanishingSource: CopySource {
        let topic: TopicID

        func outline(of partition: Partition) async -> PartitionOutline? {
            let extent = TopicExtent(topic: topic, head: 5, trimmed: 0, former: [:])
            return PartitionOutline(
                bookmark: Bookmark(epoch: Epoch(1), sequence: 90, entry: 9),
                topics: [extent]
            )
        }

        func part(of topic: TopicID, after: Offset) async -> TopicPart? { nil }
    }

    @Test("The copy is none of any log then: it would be elected with what it may have no more")
    func opened() async throws {
        var settings = ModelStream.Settings()
        settings.entriesKept = 6
        let log = ModelLog(settings)
        let topic = try TopicID("room:r")
        let partition = Partition(of: topic)
        let copy = InMemoryJournal()
        let node = try await ClusterNode("a", over: log)
        let late = try await ClusterNode("b", over: log, copy: copy)
        try await Self.append(3, at: node, topic)
        try await eventually("The copy has not all entries") {
            try await copy.bookmarks()[partition]?.sequence == 3
        }
        await late.stop()
        try await Self.append(20, at: node, topic)
        let journal = try await ClusterJournal(
            node: "b",
            log: log,
            local: copy,
            replica: copy,
            logger: silent,
            absorb: { _, _ in },
            completion: PartitionCompletion(
                OpenedCopy(copy: copy),
                from: VanishingSource(topic: topic)
            )
        )
        let running = Task { await journal.run() }
        try await eventually("The partition's bookmark is still that of before") {
            let status = journal.statuses.first { $0.partition == partition }
            return status?.state == .incomplete && status?.bookmark == .partial
        }
        running.cancel()
        await running.value
        await node.stop()
    }

    private static func append(_ count: Int, at node: ClusterNode, _ topic: TopicID) async throws {
        for _ in 0..<count {
            let draft = Draft(
                id: RecordID(.random(in: 1 ... .max)),
                author: "ada",
                at: Timestamp(milliseconds: 1),
                key: nil,
                type: "x",
                payload: Array("{}".utf8)
            )
            _ = try await node.journal.append([draft], to: topic, expecting: nil)
        }
    }
}
