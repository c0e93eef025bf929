/// What a sender says of a metric: Prometheus' `TYPE`, `HELP` and `UNIT`.
package struct MetricDescription: Sendable, Hashable {
    /// `counter`, `gauge`, `histogram`, `summary` or `unknown`, and the others of OpenMetrics.
    package var type: String
    package var help: String
    package var unit: String

    package init(type: String = "unknown", help: String = "", unit: String = "") {
        self.type = type
        self.help = help
        self.unit = unit
    }
}
