import Hub

/// How a partition stands on this node.
package struct PartitionStatus: Sendable, Hashable {
    package let partition: Partition
    package let state: FollowerState
    package let bookmark: Bookmark?
    /// The last entry that the log is known to have.
    package let newest: UInt64

    /// Entries that are not archived yet.
    package var lag: UInt64 {
        let archived = bookmark?.sequence ?? 0
        return newest > archived ? newest - archived : 0
    }
}
