import Synchronization

/// Which shards there are. A shard's topic numbers its series, so only one node may push into it:
/// each node of a cluster has shards of its own, eight in a row from eight times its number, and
/// reads all of them.
package final class ShardPlaces: Sendable {
    /// Numbers of nodes, as the cluster gives them.
    package static let nodesMaximum = 1024
    /// Nodes in a row without shards, behind which no more are looked for.
    private static let gapMaximum = 64

    private struct State {
        var own = 0
        /// Nodes, this one among them, of whose shards something is known. Rising.
        var nodes = [0]

        mutating func note(_ node: Int) {
            guard !nodes.contains(node) else { return }
            nodes.append(node)
            nodes.sort()
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// This node's number in its cluster; 0 for a hub without one.
    package var own: Int {
        get { state.withLock { $0.own } }
        set {
            guard (0..<Self.nodesMaximum).contains(newValue) else { return }
            state.withLock {
                $0.own = newValue
                $0.note(newValue)
            }
        }
    }

    /// The shards into which this node pushes.
    var ownShards: Range<Int> { Self.shards(of: own) }

    /// All shards.
    var all: [Int] { state.withLock { $0.nodes }.flatMap { Self.shards(of: $0) } }

    /// Whether a series may be in several shards.
    var areShared: Bool { state.withLock { $0.nodes.count > 1 } }

    /// Takes a shard's topic into account, with those of the same node. Nil for what is none.
    func note(_ topic: TopicID) -> Int? {
        guard let shard = topic.shard else { return nil }
        state.withLock { $0.note(shard / MetricShards.count) }
        return shard
    }

    /// Looks for shards of other nodes, or of former numbers of this one, in the node's log.
    package func find(in journal: any Journal) async throws(JournalError) {
        var gap = 0
        for node in 0..<Self.nodesMaximum where gap < Self.gapMaximum {
            gap += 1
            for shard in Self.shards(of: node) {
                guard let topic = try? TopicID(.stream, "~\(shard)"),
                    try await journal.head(of: topic).offset > 0
                else { continue }
                state.withLock { $0.note(node) }
                gap = 0
                break
            }
        }
    }

    private static func shards(of node: Int) -> Range<Int> {
        node * MetricShards.count..<(node + 1) * MetricShards.count
    }
}
