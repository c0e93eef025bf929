/// Walks a query's tree as evaluation will, and notes what each selector will look at.
struct SelectionPlan {
    private let range: QueryRange
    private var planned: [Selection?]

    init(range: QueryRange, count: Int) {
        self.range = range
        planned = Array(repeating: nil, count: count)
    }

    var selections: [Selection] { planned.compactMap(\.self) }

    mutating func add(
        _ expression: PromExpression,
        on grid: StepGrid,
        inside function: String? = nil
    ) {
        switch expression {
        case .number, .string: break
        case .selector(let selector):
            add(selector, on: grid, before: range.lookbackBounded, window: 0, function)
        case .range(let selector, let window):
            add(selector, on: grid, before: window, window: window, function)
        case .subquery(let subquery):
            add(subquery.expression, on: grid.steps(of: subquery, in: range), inside: function)
        case .call(let call, let arguments):
            for argument in arguments { add(argument, on: grid, inside: call.rawValue) }
        case .aggregation(let aggregation):
            let name = aggregation.aggregator.rawValue
            if let parameter = aggregation.parameter { add(parameter, on: grid, inside: name) }
            add(aggregation.operand, on: grid, inside: name)
        case .binary(let operation):
            add(operation.left, on: grid)
            add(operation.right, on: grid)
        case .negation(let operand): add(operand, on: grid, inside: function)
        }
    }

    private mutating func add(
        _ selector: PromExpression.VectorSelector,
        on grid: StepGrid,
        before: Int64,
        window: Int64,
        _ function: String?
    ) {
        let last = grid.time(max(grid.count - 1, 0))
        planned[selector.index] = Selection(
            matchers: selector.matchers,
            from: selector.shift.shift(grid.start, in: range) - before,
            through: selector.shift.shift(last, in: range),
            function: function,
            range: window,
            step: grid.count > 1 ? grid.step : 0
        )
    }
}
