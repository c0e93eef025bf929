/// How often something took how long, in buckets whose bounds double.
package struct LatencyHistogram: Sendable, Hashable {
    /// The buckets' upper bounds in seconds, from 62.5 µs to 8 s; one more has what is above.
    package static let bounds: [Double] = (0..<18).map { Double(1 << $0) / 16_000 }

    /// Not cumulative; one longer than `bounds`.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    package private(set) var sum: Double = 0

    package var count: Int { counts.reduce(0, +) }

    mutating func add(_ duration: Duration) {
        let seconds = duration / .seconds(1)
        sum += seconds
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    }
}
