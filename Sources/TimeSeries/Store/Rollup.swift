/// What is kept of a series' samples in one span of time. Stale markers don't count.
package struct Rollup: Sendable, Hashable {
    /// Where the span begins.
    package var start: Int64
    /// When the last of the samples was.
    package var lastAt: Int64
    package var count: Int64
    package var sum: Double
    package var min: Double
    package var max: Double
    package var last: Double

    /// Of one sample.
    init(start: Int64, _ sample: Sample) {
        self.start = start
        lastAt = sample.at
        count = 1
        sum = sample.value
        min = sample.value
        max = sample.value
        last = sample.value
    }

    package init(
        start: Int64,
        lastAt: Int64,
        count: Int64,
        sum: Double,
        min: Double,
        max: Double,
        last: Double
    ) {
        self.start = start
        self.lastAt = lastAt
        self.count = count
        self.sum = sum
        self.min = min
        self.max = max
        self.last = last
    }

    /// Takes in a later sample of the same span.
    @inline(__always)
    mutating func add(_ sample: Sample) {
        count &+= 1
        sum += sample.value
        if sample.value < min || min.isNaN { min = sample.value }
        if sample.value > max || max.isNaN { max = sample.value }
        lastAt = sample.at
        last = sample.value
    }

    /// Takes in what else there is of the same span. A NaN is less and more than no number.
    mutating func merge(_ other: Rollup) {
        count &+= other.count
        sum += other.sum
        if other.min < min || min.isNaN { min = other.min }
        if other.max > max || max.isNaN { max = other.max }
        if other.lastAt >= lastAt {
            lastAt = other.lastAt
            last = other.last
        }
    }
}
