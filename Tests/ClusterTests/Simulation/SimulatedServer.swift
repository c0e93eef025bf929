import Hub
import Synchronization

@testable import Cluster

/// A simulation's Redis: it may lose its tail or everything, be away, and have another's clock.
final class SimulatedServer: Sendable {
    private struct State {
        var streams: [Partition: ModelStream] = [:]
        /// What a failover goes back to: the log after each of its last steps.
        var history: [Partition: [ModelStream]] = [:]
        var isDown = false
        var clockOffset: Int64 = 0
        var listeners: [(id: UInt64, tell: @Sendable (LogNews) -> Void)] = []
        var returned: Set<RecordID> = []
    }

    private static let historyMaximum = 24

    private let executor: SeededExecutor
    private let settings: ModelStream.Settings
    private let state = Mutex(State())

    init(_ executor: SeededExecutor, _ settings: ModelStream.Settings) {
        self.executor = executor
        self.settings = settings
    }

    var isDown: Bool {
        get { state.withLock(\.isDown) }
        set { state.withLock { $0.isDown = newValue } }
    }

    /// Records that were appended again after the log had lost them.
    var returned: Set<RecordID> { state.withLock(\.returned) }

    func stream(of partition: Partition) -> ModelStream? {
        state.withLock { $0.streams[partition] }
    }

    func listen(as id: UInt64, _ tell: @escaping @Sendable (LogNews) -> Void) {
        state.withLock { $0.listeners.append((id, tell)) }
    }

    func ignore(_ id: UInt64) {
        state.withLock { $0.listeners.removeAll { $0.id == id } }
    }

    private func step<Answer>(
        _ partition: Partition,
        _ body: (inout ModelStream, _ tell: (LogNews) -> Void) -> Answer
    ) -> Answer {
        var told: [LogNews] = []
        let (answer, listeners) = state.withLock { state in
            let answer = body(&state.streams[partition, default: ModelStream()]) { told.append($0) }
            let after = state.streams[partition] ?? ModelStream()
            state.history[partition, default: []].append(after)
            if state.history[partition, default: []].count > Self.historyMaximum {
                state.history[partition]?.removeFirst()
            }
            return (answer, state.listeners)
        }
        for news in told { for listener in listeners { listener.tell(news) } }
        return answer
    }

    func append(_ proposal: Proposal) -> Verdict {
        let now = executor.now / 1000 + state.withLock(\.clockOffset)
        let verdict = step(proposal.partition) {
            $0.append(proposal, settings, at: now, tell: $1)
        }
        if case .stored = verdict, proposal.isReturn {
            state.withLock { $0.returned.formUnion(proposal.drafts.map(\.id)) }
        }
        return verdict
    }

    func leave(_ topic: TopicID, _ node: String) {
        let now = executor.now / 1000 + state.withLock(\.clockOffset)
        step(Partition(of: topic)) { stream, _ in stream.leave(topic, node, settings, at: now) }
    }

    func claim(_ claim: Claim, on partition: Partition) -> Election {
        let now = executor.now / 1000 + state.withLock(\.clockOffset)
        let chance = UInt32(executor.random(1...65_536))
        return step(partition) {
            $0.claim(claim, settings, at: now, chance: chance, tell: $1, of: partition)
        }
    }

    func clear(_ token: UInt64, _ partition: Partition) -> Bool {
        step(partition) { stream, _ in stream.clear(token) }
    }

    func fill(
        _ restoration: Restoration,
        _ heads: [TopicID: Offset],
        _ tail: Range<Int>,
        after pieces: Int,
        _ partition: Partition
    ) -> Bool? {
        step(partition) { stream, _ in stream.fill(restoration, heads, tail, after: pieces) }
    }

    func open(_ restoration: Restoration, after pieces: Int, _ partition: Partition) -> Bool {
        step(partition) { stream, tell in
            stream.open(restoration, after: pieces, tell: tell, of: partition)
        }
    }

    /// A replica takes over that lacks the log's last steps.
    func failOver(_ partition: Partition, losing steps: Int) {
        state.withLock { state in
            var history = state.history[partition] ?? []
            history.removeLast(min(steps, history.count))
            state.streams[partition] = history.last
            state.history[partition] = history
            state.clockOffset += Int64(executor.random(0...600)) * 1000 - 300_000
        }
    }

    func loseAll() {
        state.withLock { ($0.streams, $0.history) = ([:], [:]) }
    }
}
