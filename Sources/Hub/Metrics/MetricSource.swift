import TimeSeries

/// What queries ask of whoever has the samples.
package protocol MetricSource: Sendable {
    /// The series of a selection, by labels; they may have more samples than were asked for.
    func series(_ selection: Selection) async throws(Rejection) -> [SeriesColumns]

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
