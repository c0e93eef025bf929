/// Walks a query's tree once, each node for all series and steps at once.
struct PromEvaluator {
    /// The series of each selector.
    let data: [[SeriesColumns]]
    let range: QueryRange
    var budget: QueryBudget

    init(data: [[SeriesColumns]], range: QueryRange, budget: QueryBudget) {
        self.data = data
        self.range = range
        self.budget = budget
    }

    mutating func evaluate(
        _ expression: PromExpression,
        on grid: StepGrid
    ) throws(PromQLError) -> StepValue {
        // Whatever the node is, it costs a row: a subquery may have more steps than memory.
        try budget.takeCells(rows: 1, steps: grid.count)
        if grid.count > 1, expression.isConstant {
            let once = try evaluate(expression, on: grid.first)
            if case .vector(let vector) = once {
                try budget.takeCells(rows: vector.labels.count, steps: grid.count)
            }
            return once.repeated(grid.count)
        }
        switch expression {
        case .number(let value):
            return .scalar(Array(repeating: value, count: grid.count))
        case .string(let text): return .string(text)
        case .selector(let selector):
            return .vector(try instants(of: selector, on: grid) { $0.values[$1] })
        case .call(let function, let arguments):
            return try call(function, arguments, on: grid)
        case .aggregation(let aggregation):
            return .vector(try aggregate(aggregation, on: grid))
        case .binary(let operation): return try binary(operation, on: grid)
        case .negation(let operand):
            switch try evaluate(operand, on: grid) {
            case .scalar(let values): return .scalar(values.map { -$0 })
            case .vector(let vector): return .vector(try vector.map { -$0 }.droppingNames())
            case .string: preconditionFailure("The parser negates numbers only.")
            }
        case .range, .subquery:
            preconditionFailure("The parser has range vectors as arguments only.")
        }
    }

    mutating func vector(
        _ expression: PromExpression,
        on grid: StepGrid
    ) throws(PromQLError) -> StepVector {
        guard case .vector(let vector) = try evaluate(expression, on: grid) else {
            preconditionFailure("The parser has checked the types.")
        }
        return vector
    }

    mutating func scalar(
        _ expression: PromExpression,
        on grid: StepGrid
    ) throws(PromQLError) -> [Double] {
        guard case .scalar(let values) = try evaluate(expression, on: grid) else {
            preconditionFailure("The parser has checked the types.")
        }
        return values
    }

    func string(_ expression: PromExpression) -> String {
        guard case .string(let text) = expression else {
            preconditionFailure("The parser has checked the types.")
        }
        return text
    }

    /// The newest sample of each series at each step, unless it is too old or ends the series.
    mutating func instants(
        of selector: PromExpression.VectorSelector,
        on grid: StepGrid,
        _ value: (SeriesColumns, Int) -> Double
    ) throws(PromQLError) -> StepVector {
        let series = data[selector.index]
        try budget.takeCells(rows: series.count, steps: grid.count)
        let lookback = range.lookbackBounded
        var vector = StepVector(steps: grid.count)
        vector.labels.reserveCapacity(series.count)
        vector.values.reserveCapacity(series.count * grid.count)
        for columns in series {
            let times = columns.times.span
            var next = 0
            var isEmpty = true
            for step in 0..<grid.count {
                let time = selector.shift.shift(grid.time(step), in: range)
                if next == 0 { next = columns.firstIndex(after: time) }
                while next < times.count, times[next] <= time { next += 1 }
                guard next > 0, times[next - 1] >= time - lookback,
                    columns.values[next - 1].isPresent
                else {
                    vector.values.append(.absent)
                    continue
                }
                isEmpty = false
                vector.values.append(value(columns, next - 1))
            }
            if isEmpty {
                vector.values.removeLast(grid.count)
            } else {
                vector.labels.append(columns.labels)
            }
        }
        return vector
    }
}
