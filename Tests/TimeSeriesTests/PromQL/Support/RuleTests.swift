@testable import TimeSeries

/// A file of unit tests for `promtool`, with our answers as what is expected.
struct RuleTests {
    private(set) var count = 0
    private var text: String

    init(_ series: [SeriesNotation], intervalSeconds: Int) {
        text = "evaluation_interval: 1m\ntests:\n  - interval: \(intervalSeconds)s\n"
        text += "    input_series:\n"
        for series in series {
            text += "      - series: \(Self.quoted(series.selector))\n"
            text += "        values: \(Self.quoted(series.values))\n"
        }
        text += "    promql_expr_test:\n"
        // Samples are loaded up to the last test's time only, and a negative offset sees further.
        text += "      - {expr: 'vector(1) == 2', eval_time: 10d, exp_samples: []}\n"
    }

    var yaml: String { text }

    mutating func expect(
        _ expression: String,
        at milliseconds: Int64,
        _ elements: [QueryValue.Element]
    ) {
        count += 1
        text += "      - expr: \(Self.quoted(expression))\n"
        text += "        eval_time: \(milliseconds)ms\n"
        text += "        exp_samples:\(elements.isEmpty ? " []" : "")\n"
        for element in elements {
            text += "          - labels: \(Self.quoted(element.labels.description))\n"
            text += "            value: \(Self.number(element.sample.value))\n"
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            + "'"
    }

    private static func number(_ value: Double) -> String {
        value.isInfinite ? (value < 0 ? "-.inf" : ".inf") : value.goText
    }
}
