/// What the engine has to reach, judged by the reports of its benchmark.
struct DocumentBars {
    let bars: [Bar]

    static let memoryBytesMaximum = 10_000_000.0

    init(_ reports: [Report]) {
        var found: [String: Report] = [:]
        for report in reports { found[report.scenario] = report }
        let figure = { (task: DocumentTask, name: String) in
            found["document_\(task.rawValue)"]?[name] ?? .nan
        }
        bars = [
            Self.time("load and read", "faster than both", .load, figure),
            Self.time("259,778 single updates", "faster than both", .apply, figure),
            Self.time("encode v1", "as fast as pycrdt", .encode1, figure, slack: 1.05),
            Self.time("encode v2", "faster than yjs", .encode2, figure),
            Self.size("bytes of v1", .encode1, figure), Self.size("bytes of v2", .encode2, figure),
            Self.memory(figure),
        ]
    }

    private static func time(
        _ name: String,
        _ demand: String,
        _ task: DocumentTask,
        _ figure: (DocumentTask, String) -> Double,
        slack: Double = 1
    ) -> Bar {
        let ours = figure(task, "martlet_ms")
        let others = ["yjs", "pycrdt"].map { (name: $0, figure: figure(task, $0 + "_ms")) }
            .filter { $0.figure.isFinite }
        let texts = others.map { "\($0.name) \(Decimal.text($0.figure, decimals: 2)) ms" }
        let isMet = others.allSatisfy { ours <= $0.figure * slack }
        return Bar(
            name: name,
            demand: demand,
            measured: "\(Decimal.text(ours, decimals: 2)) ms; \(texts.joined(separator: ", "))",
            verdict: isMet ? .met : .missed
        )
    }

    private static func size(
        _ name: String,
        _ task: DocumentTask,
        _ figure: (DocumentTask, String) -> Double
    ) -> Bar {
        let ours = figure(task, "martlet_bytes")
        let theirs = figure(task, "yjs_bytes")
        return Bar(
            name: name,
            demand: "within 1 % of yjs",
            measured: "\(Decimal.text(ours, decimals: 0)); "
                + "yjs \(Decimal.text(theirs, decimals: 0))",
            verdict: ours.isFinite && ours <= theirs * 1.01 ? .met : .missed
        )
    }

    private static func memory(_ figure: (DocumentTask, String) -> Double) -> Bar {
        let ours = figure(.memory, "martlet_bytes")
        let others = ["yjs", "pycrdt"].map {
            "\($0) \(Decimal.text(figure(.memory, $0 + "_bytes") / 1e6, decimals: 2)) MB"
        }
        return Bar(
            name: "memory of the loaded document",
            demand: "at most 10 MB",
            measured: "\(Decimal.text(ours / 1e6, decimals: 2)) MB; "
                + others.joined(separator: ", "),
            verdict: ours <= memoryBytesMaximum ? .met : .missed
        )
    }
}
