/// A query that was understood: text to tree, the selections that it needs, and its answer.
///
/// The store is asked in between, and not from here, so that evaluation is a pure function of what
/// was fetched:
///
///     let query = try PromQuery.parse(text)
///     let selections = query.selections(over: range)
///     // fetch the series of each selection, in this order
///     let value = try query.evaluate(data, over: range)
///
/// The meaning is that of Prometheus 2.42: windows and the lookback include both their ends, and
/// `.` in a pattern does not match a line's end. Prometheus 3 leaves a window's start out.
package struct PromQuery: Sendable {
    /// More than any dashboard sends.
    package static let textBytesMaximum = 65_536
    /// Each asks the store for series of its own.
    package static let selectorsMaximum = 256
    /// In all selectors together: each pattern may take 10,000 steps.
    package static let patternsMaximum = 64

    let expression: PromExpression
    private let selectorCount: Int

    package static func parse(_ text: String) throws(PromQLError) -> PromQuery {
        guard text.utf8.count <= textBytesMaximum else {
            throw .query("query is longer than \(textBytesMaximum) bytes")
        }
        var parser = try PromParser(text)
        let expression = try parser.query()
        guard parser.selectorCount <= selectorsMaximum else {
            throw .query("query has more than \(selectorsMaximum) selectors")
        }
        return PromQuery(expression: expression, selectorCount: parser.selectorCount)
    }

    /// A selector alone, as `match[]` has it: `up{job="hub"}`.
    package static func parseSelector(_ text: String) throws(PromQLError) -> [LabelMatcher] {
        guard case .selector(let selector) = try parse(text).expression,
            selector.shift == TimeShift()
        else { throw PromQLError(.badData, "\(text.quotedForErrors) is no series selector") }
        return selector.matchers
    }

    /// What to fetch, in the order in which `evaluate` wants it.
    package func selections(over range: QueryRange) -> [Selection] {
        var plan = SelectionPlan(range: range, count: selectorCount)
        plan.add(expression, on: range.grid)
        return plan.selections
    }

    /// The series of each selection may have more samples than were asked for.
    ///
    /// `isExpired` is asked now and then, so that a query that nobody waits for any more ends.
    package func evaluate(
        _ data: [[SeriesColumns]],
        over range: QueryRange,
        limits: QueryLimits = QueryLimits(),
        isExpired: @escaping () -> Bool = { false }
    ) throws(PromQLError) -> QueryValue {
        precondition(data.count == selectorCount, "Each selection has its series.")
        if !range.isInstant, expression.type == .matrix || expression.type == .string {
            throw .query(
                "invalid expression type \"\(expression.type.rawValue)\" for range query, "
                    + "must be Scalar or instant Vector"
            )
        }
        let budget = QueryBudget(limits, isExpired: isExpired)
        var evaluator = PromEvaluator(data: data, range: range, budget: budget)
        if expression.type == .matrix {
            return .matrix(try evaluator.samples(of: expression, on: range.grid))
        }
        let value = try evaluator.evaluate(expression, on: range.grid)
        return QueryValue(value, over: range)
    }
}
