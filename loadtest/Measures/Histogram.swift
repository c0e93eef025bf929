/// Counts durations with an error of at most 1.6 %, in constant memory.
struct Histogram {
    private static let steps = 64
    private var counts = [Int](repeating: 0, count: 60 * steps)
    private(set) var count = 0
    private(set) var largest = 0

    mutating func add(_ nanoseconds: Int64) {
        let value = Int(max(nanoseconds, 0))
        counts[Self.index(of: value)] += 1
        count += 1
        largest = max(largest, value)
    }

    /// The duration that this share of all is not longer than, in nanoseconds.
    func value(at share: Double) -> Int {
        guard count > 0 else { return 0 }
        var left = max(Int((Double(count) * share).rounded(.up)), 1)
        for index in counts.indices {
            left -= counts[index]
            if left <= 0 { return min(Self.upperBound(of: index), largest) }
        }
        return largest
    }

    func milliseconds(at share: Double) -> Double { Double(value(at: share)) / 1e6 }

    /// Below 128 exactly; above, 64 steps to each power of two.
    private static func index(of value: Int) -> Int {
        guard value >= 2 * steps else { return value }
        let shift = Int.bitWidth - value.leadingZeroBitCount - 7
        return min((shift + 1) * steps + (value >> shift) - steps, 60 * steps - 1)
    }

    private static func upperBound(of index: Int) -> Int {
        guard index >= 2 * steps else { return index }
        let shift = index / steps - 1
        // The last steps end above what an Int holds.
        guard shift < 56 else { return .max }
        return ((index % steps + steps + 1) << shift) - 1
    }
}
