/// Functions of range vectors: each series' windows, step by step.
extension PromEvaluator {
    /// The series of a range vector, where its windows are, and how long.
    private struct RangeVector {
        let series: [SeriesColumns]
        let length: Int64
        let shift: TimeShift
    }

    private mutating func rangeVector(
        _ expression: PromExpression,
        on grid: StepGrid
    ) throws(PromQLError) -> RangeVector {
        switch expression {
        case .range(let selector, let length):
            let series = data[selector.index].map(\.withoutStale)
            return RangeVector(series: series, length: length, shift: selector.shift)
        case .subquery(let subquery):
            let steps = grid.steps(of: subquery, in: range)
            let vector = try vector(subquery.expression, on: steps)
            let series = vector.rows.map { vector.columns($0, on: steps) }
            return RangeVector(series: series, length: subquery.range, shift: subquery.shift)
        default: preconditionFailure("The parser has checked the types.")
        }
    }

    /// One value for each window that has samples, unless the function says `absent`.
    mutating func windows(
        over expression: PromExpression,
        on grid: StepGrid,
        _ function: WindowFunction
    ) throws(PromQLError) -> StepVector {
        let vector = try rangeVector(expression, on: grid)
        try budget.takeCells(rows: vector.series.count, steps: grid.count)
        var result = StepVector(steps: grid.count)
        result.values.reserveCapacity(vector.series.count * grid.count)
        for series in vector.series {
            let column = RangeColumn(series, finding: function.landmarks)
            try budget.takeCells(rows: 1, steps: series.times.count)
            let before = result.values.count
            if try append(to: &result.values, column, vector, on: grid, function) {
                let keepsName = function.keepsName
                result.labels.append(keepsName ? series.labels : series.labels.droppingName())
            } else {
                result.values.removeLast(result.values.count - before)
            }
        }
        return result
    }

    /// Both ends of a window move forward only. Tells whether there is a value at any step.
    private mutating func append(
        to values: inout [Double],
        _ column: RangeColumn,
        _ vector: RangeVector,
        on grid: StepGrid,
        _ function: WindowFunction
    ) throws(PromQLError) -> Bool {
        let stored = column.times
        let times = stored.span
        var first = 0
        var next = 0
        var hasValue = false
        for step in 0..<grid.count {
            let time = grid.time(step)
            let end = vector.shift.shift(time, in: range)
            let start = end - vector.length
            while first < times.count, times[first] < start { first += 1 }
            next = max(next, first)
            while next < times.count, times[next] <= end { next += 1 }
            guard next > first else {
                values.append(.absent)
                continue
            }
            let window = RangeWindow(
                column: column,
                first: first,
                last: next - 1,
                start: start,
                end: end,
                step: step,
                time: time
            )
            try budget.takeVisits(window.landmarkCount + function.costOfSample * window.count)
            let value = function.evaluate(window)
            hasValue = hasValue || value.isPresent
            values.append(value)
        }
        return hasValue
    }
}

extension StepVector {
    /// A row's present values as a series.
    func columns(_ row: Int, on grid: StepGrid) -> SeriesColumns {
        var columns = SeriesColumns(labels: labels[row])
        for step in 0..<steps where self[row, step].isPresent {
            columns.times.append(grid.time(step))
            columns.values.append(self[row, step])
        }
        return columns
    }
}

// MARK: - Range vectors as answers

extension PromEvaluator {
    /// The samples in the window before the only step.
    mutating func samples(
        of expression: PromExpression,
        on grid: StepGrid
    ) throws(PromQLError) -> [SeriesColumns] {
        let vector = try rangeVector(expression, on: grid)
        let end = vector.shift.shift(grid.start, in: range)
        var found: [SeriesColumns] = []
        for series in vector.series {
            let from = series.firstIndex(after: end - vector.length - 1)
            let next = series.firstIndex(after: end)
            guard from < next else { continue }
            try budget.takeCells(rows: 1, steps: next - from)
            found.append(
                SeriesColumns(
                    labels: series.labels,
                    times: Array(series.times[from..<next]),
                    values: Array(series.values[from..<next])
                )
            )
        }
        return QueryValue.sorted(found)
    }
}
