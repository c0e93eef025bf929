import ArgumentParser

/// `martlet-load rest`
struct RestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rest",
        abstract: "Pages of history over kept-alive HTTP connections."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The connections.")
    var connections = Rest.Settings().connections

    @Option(help: "Messages in a page.")
    var pageSize = Rest.Settings().pageSize

    @Option(help: "How long to measure.")
    var seconds: Int?

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Rest.Settings()
        settings.connections = connections
        settings.pageSize = pageSize
        if let seconds { settings.duration = .seconds(seconds) }
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        let report = try await Rest(on: client.loop, server, settings).run()
        options.show(report)
        try options.judge([report])
    }
}
