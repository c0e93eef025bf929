import TimeSeries

/// A question about streams in plain words: which, when, how finely, and what is made of the
/// samples of each step. It is put into PromQL, whose engine answers it.
struct StreamQuery: Sendable {
    private static let stepsMaximum: Int64 = 5000
    private static let usualSpan: Int64 = 3_600_000
    private static let usualSteps: Int64 = 500
    private static let matchersBytesMaximum = 4096

    /// What each function is in PromQL, around a selector with its window.
    private static let functions: [String: (before: String, after: String)] = [
        "avg": ("avg_over_time(", ")"), "min": ("min_over_time(", ")"),
        "max": ("max_over_time(", ")"), "sum": ("sum_over_time(", ")"),
        "count": ("count_over_time(", ")"), "last": ("last_over_time(", ")"),
        "rate": ("rate(", ")"), "p50": ("quantile_over_time(0.5, ", ")"),
        "p95": ("quantile_over_time(0.95, ", ")"), "p99": ("quantile_over_time(0.99, ", ")"),
    ]
    static let functionNames = functions.keys.sorted()

    let query: PromQuery
    let range: QueryRange

    init(_ fields: JSON, to topic: TopicID, at now: Timestamp) throws(Rejection) {
        let fields = Fields(fields)
        let until = try fields.optionalTime("until")?.milliseconds ?? now.milliseconds
        let from = try fields.optionalTime("from")?.milliseconds ?? until - Self.usualSpan
        guard from <= until else { throw fields.refusal("from", "must not be later than until") }
        let usual = max(1000, (until - from) / Self.usualSteps)
        let step = fields.has("step") ? try fields.int("step", in: 1...1 << 40) : usual
        guard (until - from) / step < Self.stepsMaximum else {
            throw fields.refusal("step", "must not divide the span into more than 5,000 steps")
        }
        let window = fields.has("window") ? try fields.int("window", in: 1...1 << 40) : step
        let name = try fields.optionalString("function") ?? "last"
        guard let function = Self.functions[name] else {
            let names = Self.functionNames.joined(separator: ", ")
            throw fields.refusal("function", "must be one of \(names)")
        }
        let selector = try Self.selector(fields, topic)
        do throws(PromQLError) {
            query = try .parse("\(function.before)\(selector)[\(window)ms]\(function.after)")
            range = try QueryRange(from: from, through: until, step: step)
        } catch {
            throw Rejection(.badRequest, "The query can't be read: \(error.message).")
        }
    }

    /// The topic's selector with the field's matchers among its own.
    private static func selector(_ fields: Fields, _ topic: TopicID) throws(Rejection) -> String {
        _ = try Router.selector(of: topic)
        let stream = topic.stream ?? ""
        let matchers = try fields.optionalText(
            "labels",
            bytesMaximum: matchersBytesMaximum
        )
        guard let matchers, !matchers.isEmpty else { return stream }
        let text =
            stream.hasSuffix("}")
            ? "\(stream.dropLast()),\(matchers)}" : "\(stream){\(matchers)}"
        do throws(PromQLError) {
            // One selector and nothing else: what would end it early is refused here.
            _ = try PromQuery.parseSelector(text)
            return text
        } catch {
            throw fields.refusal("labels", "must be matchers, such as host=\"a\",job=~\"b.*\"")
        }
    }

    func answer(from source: MetricReader) async throws(Rejection) -> JSON {
        var data: [[SeriesColumns]] = []
        for selection in query.selections(over: range) {
            data.append(try await source.series(selection))
        }
        let value: QueryValue
        do throws(PromQLError) {
            value = try query.evaluate(data, over: range)
        } catch {
            throw Rejection(.badRequest, "The query can't be answered: \(error.message).")
        }
        guard case .matrix(let series) = value else {
            preconditionFailure("A vector over a range is a matrix.")
        }
        return [
            "from": .int(range.start), "until": .int(range.end), "step": .int(range.step),
            "series": .array(series.map { .object(WatchedSeries.members(of: $0)) }),
        ]
    }
}
