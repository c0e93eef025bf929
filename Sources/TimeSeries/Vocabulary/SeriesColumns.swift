/// A series' samples in a range of time, as columns: what queries are evaluated on.
package struct SeriesColumns: Sendable {
    package let labels: Labels
    /// Milliseconds since 1970, rising.
    package var times: [Int64]
    /// As many; stale markers are among them.
    package var values: [Double]

    package init(labels: Labels, times: [Int64] = [], values: [Double] = []) {
        self.labels = labels
        self.times = times
        self.values = values
    }
}
