import ArgumentParser

/// `martlet-load avalanche`
struct AvalancheCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "avalanche",
        abstract: "Everybody is cut at once and comes back at once."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The clients.")
    var clients = Avalanche.Settings().clients

    @Option(help: "The rooms they are spread over.")
    var rooms = Avalanche.Settings().rooms

    @Option(help: "Posts a second meanwhile.")
    var postsPerSecond = Avalanche.Settings().postsPerSecond

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Avalanche.Settings()
        settings.clients = clients
        settings.rooms = rooms
        settings.postsPerSecond = postsPerSecond
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        let report = try await Avalanche(on: client.loop, server, settings).run()
        options.show(report)
        try options.judge([report])
    }
}
