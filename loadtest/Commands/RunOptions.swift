import ArgumentParser

/// How a run is repeated and reported.
struct RunOptions: ParsableArguments {
    @Flag(help: "Print one JSON object for each report instead of a table.")
    var json = false

    @Option(help: "The seed of all chance; printed with the report.")
    var seed: UInt64 = .random(in: 1...999_999)

    func show(_ report: Report) {
        print(json ? report.json : report.table)
    }

    /// A broken promise is a failure, for scripts to notice.
    func judge(_ reports: [Report]) throws {
        if reports.contains(where: { !$0.isClean }) { throw ExitCode(1) }
    }
}
