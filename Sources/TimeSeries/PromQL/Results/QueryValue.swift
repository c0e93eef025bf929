/// The answer to a query.
package enum QueryValue: Sendable {
    case scalar(Sample)
    case string(String, at: Int64)
    /// In the order of evaluation, which `sort` and `topk` decide.
    case vector([Element])
    /// Sorted by labels. No series is empty.
    case matrix([SeriesColumns])

    /// A series of a vector.
    package struct Element: Sendable, Hashable {
        package let labels: Labels
        package let sample: Sample

        package init(labels: Labels, sample: Sample) {
            self.labels = labels
            self.sample = sample
        }
    }

    init(_ value: StepValue, over range: QueryRange) {
        switch value {
        case .string(let text): self = .string(text, at: range.start)
        case .scalar(let values) where range.isInstant:
            self = .scalar(Sample(at: range.start, value: values[0]))
        case .scalar(let values):
            var vector = StepVector(labels: [.empty], steps: values.count)
            vector.values = values
            self = Self.matrix(of: vector, over: range)
        case .vector(let vector) where range.isInstant:
            self = .vector(
                vector.rows.filter { vector[$0, 0].isPresent }.map { row in
                    let sample = Sample(at: range.start, value: vector[row, 0])
                    return Element(labels: vector.labels[row], sample: sample)
                }
            )
        case .vector(let vector): self = Self.matrix(of: vector, over: range)
        }
    }

    private static func matrix(of vector: StepVector, over range: QueryRange) -> QueryValue {
        let series = vector.rows.map { vector.columns($0, on: range.grid) }
        return .matrix(sorted(series.filter { !$0.times.isEmpty }))
    }

    static func sorted(_ series: [SeriesColumns]) -> [SeriesColumns] {
        series.sorted { $0.labels.precedes($1.labels) }
    }
}
