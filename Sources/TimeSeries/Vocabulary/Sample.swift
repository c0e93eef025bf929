/// One value of a series at one moment.
package struct Sample: Sendable, Hashable {
    /// Milliseconds since 1970.
    package var at: Int64
    package var value: Double

    package init(at: Int64, value: Double) {
        self.at = at
        self.value = value
    }

    /// The NaN that ends a series at once, by its bits (Prometheus, `model/value`).
    package static let staleMarker = Double(bitPattern: 0x7FF0_0000_0000_0002)

    /// True for the stale marker and for no other NaN.
    package var isStale: Bool { value.bitPattern == Self.staleMarker.bitPattern }

    /// Equal when the bits are: a NaN equals itself, and 0 is not -0.
    package static func == (one: Sample, other: Sample) -> Bool {
        one.at == other.at && one.value.bitPattern == other.value.bitPattern
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(at)
        hasher.combine(value.bitPattern)
    }
}
