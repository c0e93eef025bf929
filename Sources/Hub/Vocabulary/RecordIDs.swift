import Synchronization

/// The source of record ids on a node: one for the process.
package final class RecordIDs: Sendable {
    /// 2024-01-01T00:00:00Z.
    private static let origin: Int64 = 1_704_067_200_000
    private static let sequenceBits: Int64 = 12
    private static let nodeBits: Int64 = 10

    /// Of ten bits; in a cluster it is given by the cluster, and may have to change.
    private let node: Atomic<Int64>
    /// The last id without its node bits: milliseconds and sequence, so that adding one carries
    /// into the milliseconds when 4,096 ids were made in one, and a clock that went back is passed.
    private let last: Atomic<Int64>

    /// - Parameter newest: the largest id that is stored. A clock that went back while the hub was
    ///   down would make ids that are taken: all that are made here come after it.
    package init(node: Int64 = 0, after newest: RecordID? = nil) {
        precondition((0..<(1 << Self.nodeBits)).contains(node), "A node number has ten bits.")
        self.node = Atomic(node)
        last = Atomic(newest.map { Self.lastTick(beside: $0) } ?? 0)
    }

    /// All ids from now on have that node.
    package func renumber(_ node: Int64) {
        precondition((0..<(1 << Self.nodeBits)).contains(node), "A node number has ten bits.")
        self.node.store(node, ordering: .relaxed)
    }

    package func next(at time: Timestamp) -> RecordID {
        let floor = max(0, time.milliseconds - Self.origin) << Self.sequenceBits
        var seen = last.load(ordering: .relaxed)
        while true {
            let next = max(floor, seen + 1)
            let result = last.compareExchange(expected: seen, desired: next, ordering: .relaxed)
            if result.exchanged { return compose(next) }
            seen = result.original
        }
    }

    /// The last of the id's millisecond: it may be another node's, and those come in any order
    /// within one.
    private static func lastTick(beside id: RecordID) -> Int64 {
        let milliseconds = id.number >> (nodeBits + sequenceBits)
        return (milliseconds << sequenceBits) | ((1 << sequenceBits) - 1)
    }

    private func compose(_ tick: Int64) -> RecordID {
        let sequence = tick & ((1 << Self.sequenceBits) - 1)
        let milliseconds = tick >> Self.sequenceBits
        return RecordID(
            (milliseconds << (Self.nodeBits + Self.sequenceBits))
                | (node.load(ordering: .relaxed) << Self.sequenceBits) | sequence
        )
    }
}
