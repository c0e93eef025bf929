/// A topic's state after all records up to `offset`, so that loading need not read them all.
package struct Snapshot: Sendable, Hashable {
    package let offset: Offset
    /// Written and read by the topic's own ledger.
    package let state: [UInt8]

    package init(offset: Offset, state: [UInt8]) {
        self.offset = offset
        self.state = state
    }
}
