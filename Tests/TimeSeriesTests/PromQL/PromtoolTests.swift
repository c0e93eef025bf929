import Testing

@testable import TimeSeries

/// An independent judge: what we answer is what Prometheus itself answers, to the last bit.
@Suite(
    "PromQL: the same answers as Prometheus",
    .enabled(if: Promtool.isInstalled, "promtool is not installed (package prometheus)")
)
struct PromtoolTests {
    private static let times: [Int64] = [
        0, 61_000, 300_000, 301_000, 600_000, 999_999, 1_234_567, 1_800_000, 2_400_001, 2_700_000,
    ]
    private let series: [SeriesNotation]
    private let store: ScanningStore

    init() throws {
        var random = RandomSeries(seed: 42)
        series = random.all(length: 90)
        store = try ScanningStore(series, interval: 30_000)
    }

    @Test("Each function and each aggregation")
    func catalogue() async throws {
        try await judge(QueryCatalogue.expressions, times: Self.times)
    }

    @Test("Expressions made at random", arguments: [1, 2, 3] as [UInt64])
    func random(seed: UInt64) async throws {
        var queries = RandomQueries(seed: seed)
        let expressions = (0..<250).map { _ in queries.next() }
        try await judge(expressions, times: [0, 300_000, 1_234_567, 2_400_000])
    }

    /// promtool finds a NaN to differ from itself, so values that are one are only counted.
    private func judge(_ expressions: [String], times: [Int64]) async throws {
        var tests = RuleTests(series, intervalSeconds: 30)
        var failing = RuleTests(series, intervalSeconds: 30)
        for expression in expressions {
            for time in times {
                do {
                    let elements = try elements(of: expression, at: time)
                    let numbers = elements.filter { !$0.sample.value.isNaN }
                    tests.expect("(\(expression)) >= -Inf", at: time, numbers)
                    let count = QueryValue.Element(
                        labels: .empty,
                        sample: Sample(at: time, value: Double(elements.count))
                    )
                    let counted = elements.isEmpty ? [] : [count]
                    tests.expect("count(\(expression))", at: time, counted)
                } catch let error as PromQLError where error.kind == .execution {
                    failing.expect(expression, at: time, [])
                }
            }
        }
        #expect(tests.count > failing.count)
        let output = try await Promtool.testRules(tests.yaml)
        #expect(output.contains("SUCCESS"), "\(output.prefix(4000))")
        guard failing.count > 0 else { return }
        let failures = try await Promtool.testRules(failing.yaml)
        let errors = failures.split(separator: "\n").filter { $0.contains(", err: ") }
        #expect(errors.count == failing.count, "\(failures.prefix(4000))")
    }

    private func elements(of expression: String, at time: Int64) throws -> [QueryValue.Element] {
        switch try store.evaluate(expression, at: time) {
        case .vector(let elements): return elements
        default:
            Issue.record("\(expression) is no vector")
            return []
        }
    }
}
