/// Series with all that happens to series: resets, gaps, stale markers, late starts.
struct RandomSeries {
    private var dice: SeededNumbers

    init(seed: UInt64) {
        dice = SeededNumbers(seed)
    }

    /// Values are quarters, so that sums are exact in whatever order they are made.
    mutating func all(length: Int) -> [SeriesNotation] {
        var series: [SeriesNotation] = []
        for job in ["a", "b"] {
            for instance in 0..<3 {
                let labels = "job=\"\(job)\",instance=\"\(instance)\""
                series.append(SeriesNotation("counter{\(labels)}", counter(length)))
                series.append(SeriesNotation("gauge{\(labels)}", gauge(length, gaps: 0.05)))
            }
            series.append(SeriesNotation("limit{job=\"\(job)\"}", gauge(length, gaps: 0)))
            series.append(SeriesNotation("sparse{job=\"\(job)\"}", gauge(length, gaps: 0.8)))
            for (index, bound) in ["0.1", "0.5", "1", "+Inf"].enumerated() {
                let selector = "lat_bucket{job=\"\(job)\",le=\"\(bound)\"}"
                series.append(SeriesNotation(selector, bucket(index + 1, length)))
            }
        }
        return series
    }

    private mutating func chance(_ probability: Double) -> Bool {
        Double.random(in: 0..<1, using: &dice) < probability
    }

    private mutating func gap(_ probability: Double) -> String? {
        guard chance(probability) else { return nil }
        return chance(0.2) ? "stale" : "_"
    }

    private mutating func counter(_ length: Int) -> String {
        var value = Int.random(in: 0...50, using: &dice)
        return (0..<length).map { _ in
            value = chance(0.06) ? Int.random(in: 0...5, using: &dice) : value
            value += Int.random(in: 0...40, using: &dice)
            return gap(0.06) ?? "\(value)"
        }.joined(separator: " ")
    }

    private mutating func gauge(_ length: Int, gaps: Double) -> String {
        var value = Double(Int.random(in: -40...400, using: &dice)) / 4
        return (0..<length).map { _ in
            if !chance(0.2) { value += Double(Int.random(in: -20...20, using: &dice)) / 4 }
            return gap(gaps) ?? "\(value)"
        }.joined(separator: " ")
    }

    private mutating func bucket(_ factor: Int, _ length: Int) -> String {
        var value = 0
        return (0..<length).map { _ in
            value += factor * Int.random(in: 1...4, using: &dice)
            return gap(0.03) ?? "\(value)"
        }.joined(separator: " ")
    }
}
