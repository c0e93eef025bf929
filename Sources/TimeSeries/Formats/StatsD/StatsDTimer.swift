/// What a timer's events come to: count and sum for ever, quantiles since the last flush.
struct StatsDTimer: Sendable {
    private(set) var count = 0.0
    private(set) var sum = 0.0
    private var values: [Double] = []
    private var seen: UInt64 = 0
    private var chance: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Beyond the maximum each value has the same chance to be among those that are kept.
    mutating func add(_ value: Double, rate: Double, maximum: Int) {
        count += 1 / rate
        sum += value / rate
        seen += 1
        if values.count < maximum {
            values.append(value)
        } else {
            chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let place = (chance >> 11) % seen
            if place < UInt64(maximum) { values[Int(place)] = value }
        }
    }

    /// The nearest ranks; empty if nothing came since the last flush.
    mutating func takeQuantiles(_ quantiles: [Double]) -> [Double] {
        guard !values.isEmpty else { return [] }
        values.sort()
        let found = quantiles.map { quantile in
            let rank = (quantile * Double(values.count)).rounded(.up)
            return values[min(max(Int(rank), 1), values.count) - 1]
        }
        values.removeAll(keepingCapacity: true)
        seen = 0
        return found
    }
}
