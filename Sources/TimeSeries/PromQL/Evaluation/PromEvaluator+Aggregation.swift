/// Aggregations: the groups are found once, then each is folded for all steps.
extension PromEvaluator {
    mutating func aggregate(
        _ aggregation: PromExpression.Aggregation,
        on grid: StepGrid
    ) throws(PromQLError) -> StepVector {
        var parameters: [Double] = []
        var label = ""
        if let parameter = aggregation.parameter {
            if aggregation.aggregator == .countValues {
                label = string(parameter)
            } else {
                parameters = try scalar(parameter, on: grid)
            }
        }
        let operand = try vector(aggregation.operand, on: grid)
        if aggregation.aggregator == .countValues {
            return try countValues(operand, label, aggregation.grouping)
        }
        let groups = LabelGroups(operand, by: aggregation.grouping)
        switch aggregation.aggregator {
        case .topk, .bottomk:
            let isTop = aggregation.aggregator == .topk
            return operand.highest(try counts(parameters), in: groups, isTop: isTop)
        case .quantile:
            try budget.takeCells(rows: groups.count, steps: grid.count)
            return operand.quantiles(parameters, of: groups)
        default:
            try budget.takeCells(rows: groups.count, steps: grid.count)
            return operand.folded(groups, aggregation.aggregator)
        }
    }

    /// How many `topk` is to keep at each step.
    private func counts(_ parameters: [Double]) throws(PromQLError) -> [Int] {
        if let wrong = parameters.first(where: { !($0.magnitude < 9.2e18) }) {
            throw .execution("Scalar value \(wrong.goText) overflows int64")
        }
        return parameters.map { Int($0) }
    }

    /// Each value of a group is a series, with the value as a label.
    private mutating func countValues(
        _ operand: StepVector,
        _ label: String,
        _ grouping: PromExpression.Grouping
    ) throws(PromQLError) -> StepVector {
        guard label.isLabelName else {
            throw .execution("invalid label name \(label.quotedForErrors)")
        }
        let isDropped = grouping.isWithout && grouping.labels.contains(label)
        let groups = LabelGroups(operand, by: grouping)
        var places: [[UInt64: Int]] = Array(repeating: [:], count: groups.count)
        var result = StepVector(steps: operand.steps)
        var rows: [Labels: Int] = [:]
        for row in operand.rows {
            let group = groups.ofRow[row]
            for step in 0..<operand.steps where operand[row, step].isPresent {
                let value = operand[row, step]
                let place: Int
                if let known = places[group][value.bitPattern] {
                    place = known
                } else {
                    let text = isDropped ? "" : value.goText
                    let labels = groups.labels[group].setting(label, text)
                    place = rows[labels] ?? result.labels.count
                    if place == result.labels.count {
                        try budget.takeCells(rows: 1, steps: operand.steps)
                        result.labels.append(labels)
                        result.values += Array(repeating: .absent, count: operand.steps)
                        rows[labels] = place
                    }
                    places[group][value.bitPattern] = place
                }
                let count = result[place, step]
                result[place, step] = count.isAbsent ? 1 : count + 1
            }
        }
        return result
    }
}
