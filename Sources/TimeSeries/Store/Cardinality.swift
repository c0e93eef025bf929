/// How many series there are, and which labels make them many.
package struct Cardinality: Sendable, Hashable {
    package struct Figure: Sendable, Hashable {
        package let name: String
        package let count: Int

        package init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    package var series = 0
    package var labelNames = 0
    package var labelPairs = 0
    /// Metric names by how many series they have, the most first.
    package var seriesByMetric: [Figure] = []
    /// Label names by how many values they have.
    package var valuesByLabel: [Figure] = []
    /// `name=value` by how many series have it.
    package var seriesByPair: [Figure] = []

    package init() {}

    /// Of several shards: series are in one each, labels may be in many.
    package static func merged(_ parts: [Cardinality], limit: Int) -> Cardinality {
        var all = Cardinality()
        for part in parts {
            all.series += part.series
            all.labelNames = max(all.labelNames, part.labelNames)
            all.labelPairs = max(all.labelPairs, part.labelPairs)
        }
        all.seriesByMetric = top(sums(parts.flatMap(\.seriesByMetric), +), limit)
        all.valuesByLabel = top(sums(parts.flatMap(\.valuesByLabel), max), limit)
        all.seriesByPair = top(sums(parts.flatMap(\.seriesByPair), +), limit)
        return all
    }

    private static func sums(
        _ figures: [Figure],
        _ join: (Int, Int) -> Int
    ) -> some Sequence<(key: String, value: Int)> {
        Dictionary(figures.map { ($0.name, $0.count) }, uniquingKeysWith: join)
    }

    static func top(_ counts: some Sequence<(key: String, value: Int)>, _ limit: Int) -> [Figure] {
        let sorted = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        return sorted.prefix(limit).map { Figure(name: $0.key, count: $0.value) }
    }
}

extension Postings {
    func cardinality(limit: Int) -> Cardinality {
        var all = Cardinality()
        all.labelNames = names.count
        all.labelPairs = names.values.reduce(0) { $0 + $1.count }
        let metrics = names[LabelText(Labels.nameLabel)] ?? [:]
        all.seriesByMetric = Cardinality.top(
            metrics.lazy.map { (key: $0.key.text, value: $0.value.count) },
            limit
        )
        all.valuesByLabel = Cardinality.top(
            names.lazy.map { (key: $0.key.text, value: $0.value.count) },
            limit
        )
        all.seriesByPair = Cardinality.top(
            names.lazy.flatMap { name, values in
                values.lazy.map { (key: "\(name.text)=\($0.key.text)", value: $0.value.count) }
            },
            limit
        )
        return all
    }
}
