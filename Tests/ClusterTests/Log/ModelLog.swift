import Hub
import Synchronization

@testable import Cluster

/// The shared log in memory: a model of what Redis does, that never fails.
final class ModelLog: SharedLog {
    private let streams = Mutex<[Partition: ModelStream]>([:])
    private let handlers = Mutex<[@Sendable (LogNews) -> Void]>([])
    private let settings: ModelStream.Settings

    init(_ settings: ModelStream.Settings = ModelStream.Settings()) {
        self.settings = settings
    }

    /// One step, and then what it tells.
    private func step<Answer: Sendable>(
        _ partition: Partition,
        _ body: (inout ModelStream, _ tell: (LogNews) -> Void) -> Answer
    ) -> Answer {
        var told: [LogNews] = []
        let answer = streams.withLock { streams in
            body(&streams[partition, default: ModelStream()]) { told.append($0) }
        }
        for handler in handlers.withLock(\.self) { told.forEach(handler) }
        return answer
    }

    func append(_ proposal: Proposal) async throws(SharedLogError) -> Verdict {
        step(proposal.partition) { $0.append(proposal, settings, at: 0, tell: $1) }
    }

    func leave(_ topic: TopicID, _ node: String) async throws(SharedLogError) {
        step(Partition(of: topic)) { stream, _ in stream.leave(topic, node, settings, at: 0) }
    }

    func read(
        _ partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) async throws(SharedLogError) -> [LoggedEntry] {
        step(partition) { stream, _ in stream.read(after: sequence, limit: limit) }
    }

    func place(of partition: Partition) async throws(SharedLogError) -> LogPlace? {
        step(partition) { stream, _ in stream.told }
    }

    func claim(
        _ claim: Claim,
        on partition: Partition
    ) async throws(SharedLogError) -> Election {
        step(partition) {
            $0.claim(claim, settings, at: 0, chance: 1, tell: $1, of: partition)
        }
    }

    func restore(
        _ restoration: Restoration,
        of partition: Partition
    ) async throws(SharedLogError) -> Bool {
        step(partition) { stream, tell in
            let tail = restoration.tail.indices
            guard stream.clear(restoration.token),
                stream.fill(restoration, restoration.heads, tail, after: 0) == true
            else { return false }
            return stream.open(restoration, after: 1, tell: tell, of: partition)
        }
    }

    /// A restoration's first step, of which nothing more may come.
    func clear(_ token: UInt64, _ partition: Partition) -> Bool {
        step(partition) { stream, _ in stream.clear(token) }
    }

    /// Its piece of that number, of heads only.
    func fill(
        _ token: UInt64,
        _ heads: [TopicID: Offset],
        after pieces: Int,
        _ partition: Partition
    ) -> Bool {
        let restoration = Restoration(
            token: token,
            bookmark: Bookmark(epoch: Epoch(1)),
            heads: heads,
            tail: [],
            before: 0
        )
        return step(partition) { stream, _ in
            stream.fill(restoration, heads, 0..<0, after: pieces) == true
        }
    }

    func follow(_ partitions: [Partition], _ handler: @escaping @Sendable (LogNews) -> Void) {
        handlers.withLock { $0.append(handler) }
        for partition in partitions { handler(.attached(partition)) }
    }
}
