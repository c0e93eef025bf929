/// How far a node has archived a partition: the last entry that it has.
package struct Bookmark: Sendable, Hashable {
    /// The epoch in which that entry was numbered.
    package var epoch: Epoch
    /// 0 before the first.
    package var sequence: UInt64
    /// The entry's id: two nodes with one sequence and different ids went different ways. 0 where
    /// the sequence is.
    package var entry: UInt64

    /// Of a copy that is being filled from another node's: what it has follows from no log.
    package static let partial = Bookmark(epoch: Epoch(0), sequence: 0, entry: .max)

    package var isPartial: Bool { self == .partial }

    package init(epoch: Epoch, sequence: UInt64 = 0, entry: UInt64 = 0) {
        self.epoch = epoch
        self.sequence = sequence
        self.entry = entry
    }
}
