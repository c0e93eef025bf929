import ArgumentParser

/// `martlet-load query`
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "A day of metric streams, asked for by query_range."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The series.")
    var series = Querying.Settings().series

    @Option(help: "How often each query is asked.")
    var rounds = Querying.Settings().rounds

    @Flag(help: "Measure Debian's prometheus too.")
    var peer = false

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Querying.Settings()
        settings.series = series
        settings.rounds = rounds
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        var reports = [try await Querying(on: client.loop, server, settings).run()]
        options.show(reports[0])
        if peer {
            guard PrometheusPeer.isInstalled else {
                throw LoadFailure("prometheus is not installed")
            }
            let server = try PrometheusPeer.start()
            defer { server.stop() }
            settings.label = "query prometheus"
            reports.append(try await Querying(on: client.loop, server, settings).run())
            options.show(reports[1])
        }
        try options.judge(reports)
    }
}
