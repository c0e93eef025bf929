import ArgumentParser

/// `martlet-load durable`
struct DurableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "durable",
        abstract: "Posts that are acknowledged when they are on disk, beside a bare SQLite writer."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The publishers.")
    var publishers = Durable.Settings().publishers

    @Option(help: "The rooms they are spread over.")
    var rooms = Durable.Settings().rooms

    @Option(help: "How many posts each may have unacknowledged.")
    var window = Durable.Settings().window

    @Option(help: "How long to measure.")
    var seconds: Int?

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Durable.Settings()
        settings.publishers = publishers
        settings.rooms = rooms
        settings.window = window
        if let seconds { settings.duration = .seconds(seconds) }
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        var report = try await Durable(on: client.loop, server, settings).run()
        let bare = try BareWriter(batch: publishers * window, seed: options.seed).run()
        report.add("bare_writer_per_second", bare, decimals: 0)
        report.add("of_bare_writer", (report["acknowledged_per_second"] ?? 0) / bare)
        options.show(report)
        try options.judge([report])
    }
}
