import TimeSeries

/// Answers selections by looking at every series it has.
struct ScanningStore {
    let series: [SeriesColumns]

    init(_ notations: [SeriesNotation], interval: Int64 = 60_000) throws {
        series = try notations.map { try $0.columns(interval: interval) }
    }

    func evaluate(_ text: String, over range: QueryRange) throws -> QueryValue {
        let query = try PromQuery.parse(text)
        let data = try query.selections(over: range).map(fetch)
        return try query.evaluate(data, over: range)
    }

    func evaluate(_ text: String, at time: Int64) throws -> QueryValue {
        try evaluate(text, over: QueryRange(at: time))
    }

    /// Only what was asked for, so that a selection that asks for too little is noticed.
    private func fetch(_ selection: Selection) throws -> [SeriesColumns] {
        var found = series
        for matcher in selection.matchers { found = try Self.filter(found, matcher) }
        return found.compactMap { series in
            var part = SeriesColumns(labels: series.labels)
            for (index, time) in series.times.enumerated()
            where (selection.from...selection.through).contains(time) {
                part.times.append(time)
                part.values.append(series.values[index])
            }
            return part.times.isEmpty ? nil : part
        }
    }

    private static func filter(
        _ series: [SeriesColumns],
        _ matcher: LabelMatcher
    ) throws -> [SeriesColumns] {
        switch matcher.operation {
        case .equal: return series.filter { $0.labels[matcher.name] ?? "" == matcher.value }
        case .notEqual: return series.filter { $0.labels[matcher.name] ?? "" != matcher.value }
        case .matches, .matchesNot:
            var pattern = try LabelPattern(matcher.value)
            return series.filter {
                pattern.matches($0.labels[matcher.name] ?? "") == (matcher.operation == .matches)
            }
        }
    }
}

extension QueryValue {
    /// `x{job="a"} 1, x{job="b"} 2` or `x 1@0 2@60`: one line to compare with.
    var line: String {
        switch self {
        case .scalar(let sample): "\(sample.value)"
        case .string(let text, _): text
        case .vector(let elements):
            elements.map { "\($0.labels) \($0.sample.value)" }.joined(separator: ", ")
        case .matrix(let series):
            series.map { series in
                let points = zip(series.times, series.values).map { "\($1)@\($0 / 1000)" }
                return "\(series.labels) \(points.joined(separator: " "))"
            }.joined(separator: ", ")
        }
    }
}
