import Testing
import TimeSeries

private let isPeerThere = FormatPeer.python != nil

/// Prometheus' own client for Python must understand a text as we do.
@Suite(
    "Text of metrics beside another implementation",
    .enabled(
        if: isPeerThere,
        "TEST_PYTHON names no Python with Tests/TimeSeriesTests/requirements.txt"
    )
)
struct ExpositionDifferentialTests {
    private static let now: Int64 = 77

    private static func read(
        _ text: String,
        _ format: String
    ) throws -> (series: CollectedSeries, summary: ExpositionSummary) {
        let dialect: ExpositionOptions.Dialect =
            format == "openmetrics" ? .openMetrics : .prometheus
        var reader = ExpositionReader(ExpositionOptions(dialect, now: now))
        var sink = CollectedSeries()
        let summary = try reader.read(Array(text.utf8), into: &sink)
        return (sink, summary)
    }

    @Test("Texts of many kinds are read the same", arguments: ["text", "openmetrics"])
    func texts(_ format: String) async throws {
        try await FormatPeer.asked { peer in
            let texts = (0..<400).map { number in
                var maker = ExpositionMaker(seed: UInt64(number), format: format)
                return maker.text()
            }
            let answers = try peer.ask(texts.map { .parse($0, format) })
            for (text, answer) in zip(texts, answers) {
                try #require(answer.error == nil, "\(answer.error ?? "")\n\(text)")
                let (series, _) = try Self.read(text, format)
                #expect(PeerAnswer.lines(series) == answer.lines(now: Self.now), "\(text)")
            }
        }
    }

    @Test("What a program shows of itself is read the same", arguments: ["text", "openmetrics"])
    func programs(_ format: String) async throws {
        try await FormatPeer.asked { peer in
            let commands = (0..<100).map { number in
                var maker = ExpositionMaker(seed: 1000 + UInt64(number), format: format)
                return PeerCommand.expose(maker.metrics(), format)
            }
            for answer in try peer.ask(commands) {
                try #require(answer.error == nil, "\(answer.error ?? "")")
                let text = try #require(answer.text)
                let (series, summary) = try Self.read(text, format)
                #expect(PeerAnswer.lines(series) == answer.lines(now: Self.now), "\(text)")
                guard format == "openmetrics" else { continue }
                let families = try #require(answer.families)
                #expect(summary.metadata.map(\.family) == families.map(\.name))
                #expect(summary.metadata.map { "\($0.kind)" } == families.map(\.type))
                #expect(summary.metadata.map(\.help) == families.map(\.help))
                #expect(summary.metadata.map(\.unit) == families.map(\.unit))
            }
        }
    }
}
