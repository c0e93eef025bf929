/// Binary operators between scalars and vectors, in any mixture.
extension PromEvaluator {
    mutating func binary(
        _ operation: PromExpression.BinaryOperation,
        on grid: StepGrid
    ) throws(PromQLError) -> StepValue {
        let left = try evaluate(operation.left, on: grid)
        let right = try evaluate(operation.right, on: grid)
        let symbol = operation.symbol
        let dropsName = symbol.arithmetic != nil || operation.returnsBool
        switch (left, right) {
        case (.scalar(let left), .scalar(let right)):
            let combine = symbol.combining(returnsBool: true)
            return .scalar(zip(left, right).map(combine))
        case (.vector(let left), .scalar(let right)):
            let combine = symbol.combining(returnsBool: operation.returnsBool)
            let result = left.map { value, step in combine(value, right[step]) }
            return .vector(dropsName ? try result.droppingNames() : result)
        case (.scalar(let left), .vector(let right)):
            // What a comparison keeps is the vector's value, on whichever side it stands.
            let combine = symbol.combining(returnsBool: operation.returnsBool, keepsRight: true)
            let result = right.map { value, step in combine(left[step], value) }
            return .vector(dropsName ? try result.droppingNames() : result)
        case (.vector(let left), .vector(let right)):
            return .vector(try binary(operation, left, right))
        default: preconditionFailure("The parser has checked the types.")
        }
    }

    private mutating func binary(
        _ operation: PromExpression.BinaryOperation,
        _ left: StepVector,
        _ right: StepVector
    ) throws(PromQLError) -> StepVector {
        let matched = MatchedVectors(left, right, operation.matching)
        switch operation.symbol {
        case .and: return matched.intersection(isKept: true)
        case .unless: return matched.intersection(isKept: false)
        case .or: return try matched.union()
        default:
            let many = operation.matching.cardinality == .oneToMany ? right : left
            try budget.takeCells(rows: many.labels.count, steps: many.steps)
            return try matched.combined(operation, &budget)
        }
    }
}
