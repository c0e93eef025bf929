import ArgumentParser

/// `martlet-load docs-engine`
struct DocsEngineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs-engine",
        abstract: "The engine of documents beside Yjs and pycrdt, on an editing trace."
    )

    @OptionGroup var options: RunOptions

    @Option(help: "The editing trace: automerge-paper.json.gz.")
    var trace = "../shared/data/automerge-paper.json.gz"

    @Option(help: "Where the scripts are that the other engines run.")
    var peers = "loadtest/Documents/peers"

    @Option(help: "A Python that has pycrdt.")
    var python = ".build-tests/venv/bin/python"

    @Option(help: "Rounds that count; the table has their medians.")
    var rounds = 5

    func run() async throws {
        let settings = DocumentBench.Settings(
            trace: trace,
            peers: peers,
            python: python,
            rounds: rounds
        )
        let reports = try DocumentBench(settings: settings).run(seed: options.seed)
        for report in reports { options.show(report) }
        let bars = DocumentBars(reports).bars
        print("")
        print(Bar.table(bars, rounds: rounds))
        if bars.contains(where: { $0.verdict == .missed }) { throw ExitCode(1) }
    }
}
