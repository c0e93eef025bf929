/// When a query is evaluated: at one time, or at equal steps from a start to an end.
package struct QueryRange: Sendable, Hashable {
    /// What Prometheus allows between the first step and the last, enough for a week of minutes.
    package static let pointsMaximum = 11_000

    /// Times further from 1970 than about 285,000 years are refused, so that no sum overflows.
    private static let timeMaximum: Int64 = 9_007_199_254_740_992

    /// In milliseconds since 1970, as all times here.
    package let start: Int64
    package let end: Int64
    package let step: Int64
    /// The answer is a vector and not a matrix.
    package let isInstant: Bool
    /// How old a sample may be and still be the value of its series.
    package var lookback: Int64 = 5 * 60_000
    /// The step of subqueries that name none.
    package var defaultResolution: Int64 = 60_000

    /// One evaluation.
    package init(at time: Int64) throws(PromQLError) {
        try Self.check(time, "time")
        (start, end, step, isInstant) = (time, time, 1, true)
    }

    package init(from start: Int64, through end: Int64, step: Int64) throws(PromQLError) {
        try Self.check(start, "start")
        try Self.check(end, "end")
        guard end >= start else {
            throw PromQLError(
                .badData,
                "end timestamp must not be before start time",
                parameter: "end"
            )
        }
        guard step > 0 else {
            throw PromQLError(
                .badData,
                "zero or negative query resolution step widths are not accepted. "
                    + "Try a positive integer",
                parameter: "step"
            )
        }
        guard (end - start) / step <= Self.pointsMaximum else {
            throw PromQLError(
                .badData,
                "exceeded maximum resolution of 11,000 points per timeseries. "
                    + "Try decreasing the query resolution (?step=XX)"
            )
        }
        (self.start, self.end, self.step, isInstant) = (start, end, step, false)
    }

    private static func check(_ time: Int64, _ parameter: String) throws(PromQLError) {
        guard time.magnitude <= timeMaximum.magnitude else {
            throw PromQLError(.badData, "time is out of range", parameter: parameter)
        }
    }

    /// The longest lookback that is sound; a longer one counts as this.
    var lookbackBounded: Int64 { min(max(lookback, 0), PromDuration.millisecondsMaximum) }

    var grid: StepGrid {
        StepGrid(start: start, step: step, count: Int((end - start) / step) + 1)
    }
}
