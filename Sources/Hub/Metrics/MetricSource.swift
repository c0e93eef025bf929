import TimeSeries

/// What queries ask of whoever has the samples.
package protocol MetricSource: Sendable {
    /// The series of a selection, by labels; they may have more samples than were asked for.
    ///
    /// - Parameter budget: What the question's selections may read together.
    func series(
        _ selection: Selection,
        within budget: inout SampleBudget
    ) async throws(Rejection) -> [SeriesColumns]

    /// The labels of series that one of the selectors at least selects, and that had samples in the
    /// span; all series where there is no selector. Sorted, without repeats.
    func labels(
        selectedBy selectors: [[LabelMatcher]],
        from: Int64,
        through: Int64
    ) async throws(Rejection) -> [Labels]

    /// What senders said of their metrics, by the metric's name.
    func metadata() async -> [String: MetricDescription]

    /// How many series there are, and of what.
    func cardinality() async -> Cardinality
}

extension MetricSource {
    /// A selection that is the whole question.
    package func series(_ selection: Selection) async throws(Rejection) -> [SeriesColumns] {
        var budget = SampleBudget()
        return try await series(selection, within: &budget)
    }
}
