import Synchronization

/// How often a value fell between bounds: two relaxed additions per use, from any thread.
///
/// Values are integers (nanoseconds, records); `scale` makes them the unit that is shown.
package final class Histogram: Sendable {
    /// Upper bounds of the buckets, inclusive and rising; the last bucket has none.
    package let bounds: [Int]
    /// What one shown unit is: 1,000,000,000 where nanoseconds are shown as seconds.
    package let scale: Int
    private let counts: [Counter]
    private let total = Atomic<Int>(0)

    package init(bounds: [Int], scale: Int = 1) {
        self.bounds = bounds
        self.scale = scale
        counts = (0...bounds.count).map { _ in Counter() }
    }

    /// From 50 µs to 10 s.
    package static func seconds() -> Histogram {
        let microseconds = [
            50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
            1_000_000, 2_500_000, 10_000_000,
        ]
        return Histogram(bounds: microseconds.map { $0 * 1000 }, scale: 1_000_000_000)
    }

    /// Powers of two from 1 to 4,096.
    package static func sizes() -> Histogram {
        Histogram(bounds: (0...12).map { 1 << $0 })
    }

    package func observe(_ value: Int) {
        var bucket = 0
        while bucket < bounds.count, value > bounds[bucket] { bucket += 1 }
        counts[bucket].add()
        total.wrappingAdd(value, ordering: .relaxed)
    }

    package func observe(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        observe(Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
    }

    /// Values per bucket, not yet summed up, and their total.
    var reading: (counts: [Int], total: Int) {
        (counts.map(\.value), total.load(ordering: .relaxed))
    }
}
