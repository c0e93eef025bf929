/// How a text of metrics is read.
package struct ExpositionOptions: Sendable {
    package enum Dialect: Sendable, Hashable {
        /// Prometheus' text format 0.0.4: forgiving about space, times in milliseconds.
        case prometheus
        /// OpenMetrics 1.0: strict, times in seconds, and `# EOF` at the end.
        case openMetrics
    }

    package var dialect: Dialect
    /// The time of samples that come without one, in milliseconds.
    package var now: Int64
    /// Whether the times that samples come with count.
    package var honorsTimestamps = true
    /// Labels that every series gets, as those of a scraped target. A label of the text that has
    /// the name of one of them is kept as `exported_` and its name.
    package var added: [(name: String, value: String)] = []
    package var limits = LabelLimits()

    package init(_ dialect: Dialect, now: Int64) {
        self.dialect = dialect
        self.now = now
    }
}
