/// Aggregations that look at each value once.
extension StepVector {
    func folded(_ groups: LabelGroups, _ aggregator: PromAggregator) -> StepVector {
        switch aggregator {
        case .sum: fold(groups) { $0 + $1 }
        case .min: fold(groups) { $1 < $0 || $0.isNaN ? $1 : $0 }
        case .max: fold(groups) { $1 > $0 || $0.isNaN ? $1 : $0 }
        case .count: map { _ in 1 }.fold(groups) { $0 + $1 }
        case .group: map { _ in 1 }.fold(groups) { one, _ in one }
        case .avg: averages(groups)
        case .stdvar: variances(groups)
        case .stddev: variances(groups).map { $0.squareRoot() }
        case .topk, .bottomk, .quantile, .countValues:
            preconditionFailure("These look at a group as a whole.")
        }
    }

    /// The first value of a group at a step is taken as it is.
    private func fold(
        _ groups: LabelGroups,
        _ combine: (Double, Double) -> Double
    ) -> StepVector {
        var result = StepVector(labels: groups.labels, steps: steps)
        for row in rows {
            let target = groups.ofRow[row] * steps
            let source = row * steps
            for step in 0..<steps {
                let value = values[source + step]
                guard value.isPresent else { continue }
                let sum = result.values[target + step]
                result.values[target + step] = sum.isAbsent ? value : combine(sum, value).asResult
            }
        }
        return result
    }

    /// A running mean, which doesn't overflow where a sum would.
    private func averages(_ groups: LabelGroups) -> StepVector {
        var result = StepVector(labels: groups.labels, steps: steps)
        var counts = Array(repeating: 0.0, count: result.values.count)
        for row in rows {
            for step in 0..<steps where self[row, step].isPresent {
                let value = self[row, step]
                let cell = groups.ofRow[row] * steps + step
                counts[cell] += 1
                guard counts[cell] > 1 else {
                    result.values[cell] = value
                    continue
                }
                let mean = result.values[cell]
                if mean.isInfinite {
                    // The same infinity, or a number: neither moves the mean.
                    if value.isInfinite, (mean > 0) == (value > 0) { continue }
                    if value.isFinite { continue }
                }
                let moved = mean + (value / counts[cell] - mean / counts[cell])
                result.values[cell] = moved.asResult
            }
        }
        return result
    }

    /// The mean of the squared distances from the mean, after Welford.
    private func variances(_ groups: LabelGroups) -> StepVector {
        var result = StepVector(labels: groups.labels, steps: steps)
        var counts = Array(repeating: 0.0, count: result.values.count)
        var means = counts
        for row in rows {
            for step in 0..<steps where self[row, step].isPresent {
                let value = self[row, step]
                let cell = groups.ofRow[row] * steps + step
                counts[cell] += 1
                guard counts[cell] > 1 else {
                    means[cell] = value
                    result.values[cell] = 0
                    continue
                }
                let delta = value - means[cell]
                means[cell] += delta / counts[cell]
                result.values[cell] += delta * (value - means[cell])
            }
        }
        for cell in result.values.indices where result.values[cell].isPresent {
            result.values[cell] = (result.values[cell] / counts[cell]).asResult
        }
        return result
    }
}
