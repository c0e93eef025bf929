/// The times at which an expression is evaluated.
struct StepGrid: Sendable, Hashable {
    let start: Int64
    let step: Int64
    let count: Int

    func time(_ index: Int) -> Int64 { start + Int64(index) * step }

    /// For an expression that is the same at every step.
    var first: StepGrid { StepGrid(start: start, step: step, count: min(count, 1)) }

    /// The steps a subquery needs: multiples of its own step, whatever the query's start is, so
    /// that a dashboard that moves on sees the same values again.
    func steps(of subquery: PromExpression.Subquery, in range: QueryRange) -> StepGrid {
        let own = subquery.step ?? max(range.defaultResolution, 1)
        guard count > 0 else { return StepGrid(start: 0, step: own, count: 0) }
        let earliest = subquery.shift.shift(start, in: range) - subquery.range
        let latest = subquery.shift.shift(time(count - 1), in: range)
        var aligned = earliest / own * own
        if aligned < earliest { aligned += own }
        guard aligned <= latest else { return StepGrid(start: 0, step: own, count: 0) }
        return StepGrid(start: aligned, step: own, count: Int((latest - aligned) / own) + 1)
    }
}
