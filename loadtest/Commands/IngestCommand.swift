import ArgumentParser

/// `martlet-load ingest`
struct IngestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "remote_write by several senders, then what it takes on the disk."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The series.")
    var series = Ingest.Settings().series

    @Option(help: "Samples of each series.")
    var steps = Ingest.Settings().steps

    @Option(help: "Who writes at once, each a share of the series.")
    var senders = Ingest.Settings().senders

    @Option(help: "disk or os: when samples count as stored.")
    var durability = "disk"

    @Flag(help: "Measure Debian's prometheus too.")
    var peer = false

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Ingest.Settings()
        settings.series = series
        settings.steps = steps
        settings.senders = senders
        settings.seed = options.seed
        var reports: [Report] = []
        let bench = IngestBench(client, settings)
        if target.port == nil {
            reports.append(try await bench.ours(target.launcher, durability: durability))
        } else {
            let server = try target.start()
            reports.append(try await Ingest(on: client.loop, server, settings).run())
        }
        options.show(reports[0])
        if peer {
            reports.append(try await bench.theirs())
            options.show(reports[1])
        }
        try options.judge(reports)
    }
}
