import Hub

/// How a partition's log stands.
package struct LogPlace: Sendable, Hashable {
    package var epoch: Epoch
    /// The last entry.
    package var sequence: UInt64
    package var entry: UInt64
    /// The first entry that the log still has; one past the last when it has none.
    package var first: UInt64
    /// Nothing is appended while it is being restored.
    package var isLive: Bool

    package init(
        epoch: Epoch,
        sequence: UInt64,
        entry: UInt64,
        first: UInt64,
        isLive: Bool = true
    ) {
        self.epoch = epoch
        self.sequence = sequence
        self.entry = entry
        self.first = first
        self.isLive = isLive
    }

    package var bookmark: Bookmark { Bookmark(epoch: epoch, sequence: sequence, entry: entry) }
}
