/// What a node's bus has done since it started.
package struct BusCounters: Sendable, Hashable {
    package var publications: UInt64 = 0
    /// Messages in them.
    package var told: UInt64 = 0
    package var bytes: UInt64 = 0
    /// Messages of other nodes.
    package var heard: UInt64 = 0
    /// Messages that were not told: ephemeral ones past the bound, or while Redis was away.
    package var dropped: UInt64 = 0
    package var failures: UInt64 = 0
    package var unreadable: UInt64 = 0

    package init() {}
}
