import ArgumentParser

/// `martlet-load chat`
struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: "Clients in rooms that post at a steady rate."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The clients.")
    var clients = Chat.Settings().clients

    @Option(help: "The rooms they are spread over.")
    var rooms = Chat.Settings().rooms

    @Option(help: "Posts a second, of all clients.")
    var postsPerSecond = Chat.Settings().postsPerSecond

    @Option(help: "How long to measure.")
    var seconds: Int?

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Chat.Settings()
        settings.clients = clients
        settings.rooms = rooms
        settings.postsPerSecond = postsPerSecond
        if let seconds { settings.duration = .seconds(seconds) }
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        let report = try await Chat(on: client.loop, server, settings).run()
        options.show(report)
        try options.judge([report])
    }
}
