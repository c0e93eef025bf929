/// Aggregations that look at a group's values as a whole: `topk`, `bottomk`, `quantile`.
extension StepVector {
    func quantiles(_ quantiles: [Double], of groups: LabelGroups) -> StepVector {
        var result = StepVector(labels: groups.labels, steps: steps)
        var gathered: [Double] = []
        for (group, members) in groups.members.enumerated() {
            for step in 0..<steps {
                gathered.removeAll(keepingCapacity: true)
                for row in members where self[row, step].isPresent {
                    gathered.append(self[row, step])
                }
                guard !gathered.isEmpty else { continue }
                result[group, step] = Quantile.of(&gathered, quantiles[step]).asResult
            }
        }
        return result
    }

    /// The highest, or the lowest, of each group at each step; each keeps its labels. A NaN stays
    /// only where there is nothing better.
    ///
    /// At one step, the rows are in the order of their rank.
    func highest(_ counts: [Int], in groups: LabelGroups, isTop: Bool) -> StepVector {
        var result = StepVector(labels: labels, steps: steps)
        var order: [Int] = []
        for members in groups.members {
            for step in 0..<steps where counts[step] > 0 {
                let present = members.filter { self[$0, step].isPresent }
                let ranked = present.sorted { precedes($0, $1, at: step, isTop: isTop) }
                for row in ranked.prefix(counts[step]) {
                    result[row, step] = self[row, step]
                    if steps == 1 { order.append(row) }
                }
            }
        }
        guard steps == 1 else { return result.rows { !result.isEmpty($0) } }
        var ordered = StepVector(steps: 1)
        for row in order { ordered.append(row, of: self) }
        return ordered
    }

    private func precedes(_ one: Int, _ other: Int, at step: Int, isTop: Bool) -> Bool {
        let (left, right) = (self[one, step], self[other, step])
        if left.isNaN || right.isNaN {
            // Among equals the first stays first.
            return left.isNaN == right.isNaN ? one < other : right.isNaN
        }
        if left == right { return one < other }
        return isTop ? left > right : left < right
    }
}
