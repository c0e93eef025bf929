/// Quantiles of values, and of histograms' buckets.
enum Quantile {
    /// What a quantile outside 0...1 is; nil for one inside.
    private static func outside(_ quantile: Double) -> Double? {
        if quantile.isNaN { return .nan }
        if quantile < 0 { return -.infinity }
        return quantile > 1 ? .infinity : nil
    }

    /// Between the two values it lies between, weighted. Sorts them, a NaN before any number.
    static func of(_ values: inout [Double], _ quantile: Double) -> Double {
        guard !values.isEmpty else { return .nan }
        if let outside = outside(quantile) { return outside }
        values.sort { $0 < $1 || $0.isNaN && !$1.isNaN }
        let rank = quantile * Double(values.count - 1)
        let lower = max(0, rank.rounded(.down))
        let upper = min(Double(values.count - 1), lower + 1)
        let weight = rank - rank.rounded(.down)
        return values[Int(lower)] * (1 - weight) + values[Int(upper)] * weight
    }

    struct Bucket {
        /// The value of `le`.
        let bound: Double
        /// Of all observations up to the bound.
        var count: Double
    }

    /// Within the bucket that has it, as if the observations lay evenly there. Sorts the buckets.
    static func of(_ buckets: inout [Bucket], _ quantile: Double) -> Double {
        if let outside = outside(quantile) { return outside }
        buckets.sort { $0.bound < $1.bound }
        guard let last = buckets.last, last.bound == .infinity else { return .nan }
        mergeEqualBounds(&buckets)
        makeMonotonic(&buckets)
        let top = buckets.count - 1
        guard top > 0, buckets[top].count != 0 else { return .nan }
        var rank = quantile * buckets[top].count
        let found = buckets.dropLast().firstIndex { $0.count >= rank } ?? top
        if found == top { return buckets[top - 1].bound }
        if found == 0, buckets[0].bound <= 0 { return buckets[0].bound }
        var start = 0.0
        var count = buckets[found].count
        if found > 0 {
            start = buckets[found - 1].bound
            count -= buckets[found - 1].count
            rank -= buckets[found - 1].count
        }
        return start + (buckets[found].bound - start) * (rank / count)
    }

    private static func mergeEqualBounds(_ buckets: inout [Bucket]) {
        var merged: [Bucket] = []
        merged.reserveCapacity(buckets.count)
        for bucket in buckets {
            if let last = merged.last, last.bound == bucket.bound {
                merged[merged.count - 1].count += bucket.count
            } else {
                merged.append(bucket)
            }
        }
        buckets = merged
    }

    /// Buckets that were scraped or summed apart may fall where they can't have.
    private static func makeMonotonic(_ buckets: inout [Bucket]) {
        var highest = -Double.infinity
        for index in buckets.indices {
            if buckets[index].count < highest { buckets[index].count = highest }
            if buckets[index].count > highest { highest = buckets[index].count }
        }
    }
}
