import Glibc

/// Function calls: which part of the evaluator each goes to.
extension PromEvaluator {
    mutating func call(
        _ function: PromFunction,
        _ arguments: [PromExpression],
        on grid: StepGrid
    ) throws(PromQLError) -> StepValue {
        if let windowFunction = WindowFunction(function) {
            let result = try windows(over: arguments[0], on: grid, windowFunction)
            guard function != .absentOverTime else {
                return .vector(absence(of: result, arguments[0]))
            }
            return .vector(try result.united())
        }
        if let change = function.elementwise {
            return .vector(try vector(arguments[0], on: grid).map(change).droppingNames())
        }
        if let field = function.dateField {
            return .vector(try dates(arguments.first, on: grid, field))
        }
        switch function {
        case .pi: return .scalar(Array(repeating: .pi, count: grid.count))
        case .time: return .scalar((0..<grid.count).map { Double(grid.time($0)) / 1000 })
        case .scalar: return .scalar(single(try vector(arguments[0], on: grid)))
        case .vector:
            var result = StepVector(labels: [.empty], steps: grid.count)
            result.values = try scalar(arguments[0], on: grid).map(\.asResult)
            return .vector(result)
        case .timestamp: return .vector(try timestamps(arguments[0], on: grid))
        case .absent:
            return .vector(absence(of: try vector(arguments[0], on: grid), arguments[0]))
        case .sort, .sortDesc:
            let operand = try vector(arguments[0], on: grid)
            return .vector(operand.sorted(descending: function == .sortDesc))
        default: return .vector(try parametrized(function, arguments, on: grid))
        }
    }

    /// Functions of a vector with scalars or strings beside it.
    private mutating func parametrized(
        _ function: PromFunction,
        _ arguments: [PromExpression],
        on grid: StepGrid
    ) throws(PromQLError) -> StepVector {
        switch function {
        case .round: return try rounded(arguments, on: grid)
        case .clamp, .clampMin, .clampMax: return try clamped(function, arguments, on: grid)
        case .histogramQuantile:
            let quantiles = try scalar(arguments[0], on: grid)
            return try vector(arguments[1], on: grid).histogramQuantile(quantiles)
        case .quantileOverTime: return try quantileOverTime(arguments, on: grid)
        case .predictLinear:
            let seconds = try scalar(arguments[1], on: grid)
            var function = WindowFunction(landmarks: .changes) {
                WindowFunctions.prediction($0, after: seconds[$0.step])
            }
            function.costOfSample = WindowFunction.costOfRegression
            return try windows(over: arguments[0], on: grid, function).united()
        case .holtWinters: return try holtWinters(arguments, on: grid)
        case .labelReplace:
            let texts = arguments.dropFirst().map(string)
            return try vector(arguments[0], on: grid).replacingLabel(
                texts[0],
                with: texts[1],
                from: texts[2],
                matching: texts[3]
            )
        case .labelJoin:
            let texts = arguments.dropFirst().map(string)
            return try vector(arguments[0], on: grid).joiningLabels(
                Array(texts.dropFirst(2)),
                by: texts[1],
                into: texts[0]
            )
        default: preconditionFailure("Every function is evaluated somewhere.")
        }
    }

    private mutating func quantileOverTime(
        _ arguments: [PromExpression],
        on grid: StepGrid
    ) throws(PromQLError) -> StepVector {
        let quantiles = try scalar(arguments[0], on: grid)
        var function = WindowFunction { window in
            var values = Array(window.values)
            return Quantile.of(&values, quantiles[window.step]).asResult
        }
        function.costOfSample = WindowFunction.costOfSorting
        return try windows(over: arguments[1], on: grid, function).united()
    }

    private mutating func holtWinters(
        _ arguments: [PromExpression],
        on grid: StepGrid
    ) throws(PromQLError) -> StepVector {
        let factors = (
            try scalar(arguments[1], on: grid), try scalar(arguments[2], on: grid)
        )
        for (name, values) in [("smoothing", factors.0), ("trend", factors.1)] {
            guard let wrong = values.first(where: { !($0 > 0 && $0 < 1) }) else { continue }
            let symbol = name == "smoothing" ? "sf" : "tf"
            throw .execution(
                "invalid \(name) factor. Expected: 0 < \(symbol) < 1, got: \(wrong.goText)"
            )
        }
        let function = WindowFunction {
            WindowFunctions.holtWinters(
                $0,
                smoothing: factors.0[$0.step],
                trend: factors.1[$0.step]
            )
        }
        return try windows(over: arguments[0], on: grid, function).united()
    }

    private mutating func rounded(
        _ arguments: [PromExpression],
        on grid: StepGrid
    ) throws(PromQLError) -> StepVector {
        var inverses = Array(repeating: 1.0, count: grid.count)
        if arguments.count > 1 { inverses = try scalar(arguments[1], on: grid).map { 1 / $0 } }
        let operand = try vector(arguments[0], on: grid)
        return try operand.map { value, step in
            ((value * inverses[step] + 0.5).rounded(.down) / inverses[step]).asResult
        }.droppingNames()
    }

    private mutating func clamped(
        _ function: PromFunction,
        _ arguments: [PromExpression],
        on grid: StepGrid
    ) throws(PromQLError) -> StepVector {
        let operand = try vector(arguments[0], on: grid)
        var low = Array(repeating: -Double.infinity, count: grid.count)
        var high = Array(repeating: Double.infinity, count: grid.count)
        if function != .clampMax { low = try scalar(arguments[1], on: grid) }
        if function != .clampMin { high = try scalar(arguments[arguments.count - 1], on: grid) }
        return try operand.map { value, step in
            if function == .clamp, high[step] < low[step] { return .absent }
            if value.isNaN || low[step].isNaN || high[step].isNaN { return .nan }
            return max(low[step], min(high[step], value))
        }.droppingNames()
    }
}

// MARK: - Times

extension PromEvaluator {
    /// A selector's samples have times of their own; any other value is as old as its step.
    private mutating func timestamps(
        _ argument: PromExpression,
        on grid: StepGrid
    ) throws(PromQLError) -> StepVector {
        if case .selector(let selector) = argument {
            return try instants(of: selector, on: grid) { Double($0.times[$1]) / 1000 }
                .droppingNames()
        }
        return try vector(argument, on: grid).map { _, step in
            Double(grid.time(step)) / 1000
        }.droppingNames()
    }

    private mutating func dates(
        _ argument: PromExpression?,
        on grid: StepGrid,
        _ field: (UTCDate) -> Int
    ) throws(PromQLError) -> StepVector {
        guard let argument else {
            var result = StepVector(labels: [.empty], steps: grid.count)
            for step in 0..<grid.count {
                let seconds = (Double(grid.time(step)) / 1000).rounded(.down)
                result[0, step] = date(seconds, field)
            }
            return result
        }
        return try vector(argument, on: grid).map { date($0, field) }.droppingNames()
    }

    private func date(_ seconds: Double, _ field: (UTCDate) -> Int) -> Double {
        UTCDate(secondsSince1970: seconds).map { Double(field($0)) } ?? .nan
    }
}

// MARK: - Presence

extension PromEvaluator {
    /// The only value at each step; NaN where there is none or more than one.
    private func single(_ vector: StepVector) -> [Double] {
        var values = Array(repeating: Double.absent, count: vector.steps)
        var isMany = Array(repeating: false, count: vector.steps)
        for row in vector.rows {
            for step in 0..<vector.steps where vector[row, step].isPresent {
                isMany[step] = values[step].isPresent
                values[step] = isMany[step] ? .nan : vector[row, step]
            }
        }
        return values.map(\.asResult)
    }

    /// 1 at each step at which there is no value, with the labels that the selector asks for.
    private func absence(of vector: StepVector, _ expression: PromExpression) -> StepVector {
        var result = StepVector(labels: [absentLabels(expression)], steps: vector.steps)
        for step in 0..<vector.steps
        where vector.rows.allSatisfy({ vector[$0, step].isAbsent }) {
            result[0, step] = 1
        }
        return result
    }

    private func absentLabels(_ expression: PromExpression) -> Labels {
        let matchers: [LabelMatcher]
        switch expression {
        case .selector(let selector), .range(let selector, _): matchers = selector.matchers
        default: return .empty
        }
        var labels: [String: String] = [:]
        var seen: Set<String> = []
        for matcher in matchers where matcher.name != Labels.nameLabel {
            // What is asked for twice, or not by equality, has no one value.
            let isFirst = matcher.operation == .equal && seen.insert(matcher.name).inserted
            labels[matcher.name] = isFirst ? matcher.value : nil
        }
        return Labels(labels.map { ($0.key, $0.value) })
    }
}
