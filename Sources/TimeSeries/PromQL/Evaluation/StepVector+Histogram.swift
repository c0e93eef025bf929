/// `histogram_quantile` over series that differ in `le`.
extension StepVector {
    private static let bucketLabel = "le"

    func histogramQuantile(_ quantiles: [Double]) throws(PromQLError) -> StepVector {
        var groups: [Labels: Int] = [:]
        var members: [[(row: Int, bound: Double)]] = []
        var names: [Labels] = []
        for row in rows {
            guard let text = labels[row][Self.bucketLabel], let bound = NumberText.double(text)
            else {
                continue
            }
            let key = labels[row].dropping([Self.bucketLabel])
            if groups[key] == nil {
                groups[key] = members.count
                members.append([])
                names.append(key.droppingName())
            }
            members[groups[key] ?? 0].append((row, bound))
        }
        var result = StepVector(labels: names, steps: steps)
        var buckets: [Quantile.Bucket] = []
        for (group, members) in members.enumerated() {
            for step in 0..<steps {
                buckets.removeAll(keepingCapacity: true)
                for (row, bound) in members where self[row, step].isPresent {
                    buckets.append(Quantile.Bucket(bound: bound, count: self[row, step]))
                }
                guard !buckets.isEmpty else { continue }
                result[group, step] = Quantile.of(&buckets, quantiles[step]).asResult
            }
        }
        return try result.united()
    }
}
