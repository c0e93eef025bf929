import ArgumentParser

/// `martlet-load jitter`
struct JitterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jitter",
        abstract: "Connections that break at random and come back."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The clients.")
    var clients = Jitter.Settings().clients

    @Option(help: "The rooms they are spread over.")
    var rooms = Jitter.Settings().rooms

    @Option(help: "Posts a second meanwhile.")
    var postsPerSecond = Jitter.Settings().postsPerSecond

    @Option(help: "Connections cut a second.")
    var cutsPerSecond = Jitter.Settings().cutsPerSecond

    @Option(help: "How long to measure.")
    var seconds: Int?

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Jitter.Settings()
        settings.clients = clients
        settings.rooms = rooms
        settings.postsPerSecond = postsPerSecond
        settings.cutsPerSecond = cutsPerSecond
        if let seconds { settings.duration = .seconds(seconds) }
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        let report = try await Jitter(on: client.loop, server, settings).run()
        options.show(report)
        try options.judge([report])
    }
}
