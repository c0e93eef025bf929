import TimeSeries

/// Series as Prometheus's unit tests write them: `x{job="a"} 1+2x3 _ stale 5`.
struct SeriesNotation {
    let selector: String
    let values: String

    init(_ selector: String, _ values: String) {
        self.selector = selector
        self.values = values
    }

    /// The first value is at time 0.
    func columns(interval: Int64) throws -> SeriesColumns {
        let query = try PromQuery.parse(selector)
        let matchers = try query.selections(over: QueryRange(at: 0))[0].matchers
        var columns = SeriesColumns(labels: Labels(matchers.map { ($0.name, $0.value) }))
        for (index, value) in expanded.enumerated() {
            guard let value else { continue }
            columns.times.append(Int64(index) * interval)
            columns.values.append(value)
        }
        return columns
    }

    /// Nil where there is no sample.
    private var expanded: [Double?] {
        values.split(separator: " ").flatMap { word -> [Double?] in
            let parts = word.split(separator: "x")
            let count = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
            switch parts[0] {
            case "_": return Array(repeating: nil, count: max(count, 1))
            case "stale": return [Sample.staleMarker]
            default: break
            }
            let (start, delta) = Self.startAndDelta(parts[0])
            return (0...count).map { start + Double($0) * delta }
        }
    }

    private static func startAndDelta(_ text: Substring) -> (Double, Double) {
        let sign = text.dropFirst().firstIndex { $0 == "+" || $0 == "-" }
        guard let sign else { return (Double(text) ?? .nan, 0) }
        return (Double(text[..<sign]) ?? .nan, Double(text[sign...]) ?? .nan)
    }
}
