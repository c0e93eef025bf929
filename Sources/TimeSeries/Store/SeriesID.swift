/// A series of a shard: where the store keeps it, and its number, which no other series ever gets.
package struct SeriesID: Sendable, Hashable {
    let slot: UInt32
    package let number: UInt64
}
