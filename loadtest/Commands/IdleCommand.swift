import ArgumentParser

/// `martlet-load idle`
struct IdleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle",
        abstract: "Connections that have joined and say nothing."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The connections: at most 18,500.")
    var connections = Idle.Settings().connections

    @Option(help: "The rooms they are spread over.")
    var rooms = Idle.Settings().rooms

    @Option(help: "How long to measure.")
    var seconds: Int?

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Idle.Settings()
        settings.connections = connections
        settings.rooms = rooms
        if let seconds { settings.duration = .seconds(seconds) }
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        let report = try await Idle(on: client.loop, server, settings).run()
        options.show(report)
        try options.judge([report])
    }
}
