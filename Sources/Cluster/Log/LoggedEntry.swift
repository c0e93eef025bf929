import Hub

/// An entry as the cluster's log has it: with what it follows, so that a log that went another way
/// is noticed.
package struct LoggedEntry: Sendable {
    package let epoch: Epoch
    /// The id of the entry before it; 0 for the first.
    package let previous: UInt64
    package let entry: Entry

    package init(epoch: Epoch, previous: UInt64, entry: Entry) {
        self.epoch = epoch
        self.previous = previous
        self.entry = entry
    }
}
