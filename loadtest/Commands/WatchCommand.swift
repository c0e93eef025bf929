import ArgumentParser

/// `martlet-load watch`
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Viewers of live metric streams, each of whom is to see every sample."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The viewers.")
    var viewers = Watching.Settings().viewers

    @Option(help: "The streams; each gets a sample a second.")
    var streams = Watching.Settings().streams

    @Option(help: "How many of them each viewer watches.")
    var each = Watching.Settings().each

    @Option(help: "How long to measure.")
    var seconds = 15

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Watching.Settings()
        settings.viewers = viewers
        settings.streams = streams
        settings.each = each
        settings.duration = .seconds(seconds)
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        let report = try await Watching(on: client.loop, server, settings).run()
        options.show(report)
        try options.judge([report])
    }
}
