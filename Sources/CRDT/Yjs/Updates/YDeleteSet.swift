/// Ranges of clocks whose elements are deleted, by client.
package struct YDeleteSet: Sendable, Hashable {
    /// Sorted, and neither overlapping nor touching.
    package var ranges: [UInt64: [Range<UInt64>]] = [:]

    package init() {}

    package var isEmpty: Bool { ranges.isEmpty }
}
