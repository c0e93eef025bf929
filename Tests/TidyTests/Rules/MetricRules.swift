/// Dashboards and alerts ask for what the hub tells.
extension Rule {
    static let metrics = [knownMetric]

    private static let metric = Pattern(#"\b(martlet_[a-z_]+[a-z])\b(?!-)"#)
    private static let seriesSuffixes = ["_bucket", "_sum", "_count"]

    static let knownMetric = Rule("A metric that deploy/ asks for is one that the hub exposes") {
        (tree: SourceTree) in
        let sources = tree.files.filter { $0.isIn("Sources") && $0.isSwift }
        let exposed = Set(sources.flatMap { metric.matches(in: $0.text).map(\.group) })
        return tree.files.filter(asksForMetrics).flatMap { file -> [Finding] in
            var known = exposed
            return metric.matches(in: file.text).compactMap { match in
                // Each that is missing is said once a file.
                guard known.insert(family(of: match.group)).inserted else { return nil }
                return Finding(
                    path: file.path,
                    line: match.line,
                    banned: "\(match.group), which the hub does not expose,",
                    use: "a metric that is in Sources"
                )
            }
        }
    }

    private static func asksForMetrics(_ file: SourceFile) -> Bool {
        file.isIn("deploy") && [".json", ".yml"].contains { file.path.hasSuffix($0) }
    }

    /// A histogram is named once and shows as three series.
    private static func family(of series: String) -> String {
        guard let suffix = seriesSuffixes.first(where: series.hasSuffix) else { return series }
        return String(series.dropLast(suffix.count))
    }
}
