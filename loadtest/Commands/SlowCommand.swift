import ArgumentParser

/// `martlet-load slow`
struct SlowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slow",
        abstract: "A few readers take 1 KB/s; then the same without them."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The clients.")
    var clients = SlowReaders.Settings().clients

    @Option(help: "How many of them are slow.")
    var slow = SlowReaders.Settings().slow

    @Option(help: "How long to post; measured in the second half.")
    var seconds: Int?

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = SlowReaders.Settings()
        settings.clients = clients
        if let seconds { settings.duration = .seconds(seconds) }
        settings.seed = options.seed
        var reports: [Report] = []
        for count in [slow, 0] {
            settings.slow = count
            let server = try target.start(durability: "disk")
            defer { target.stop(server) }
            let report = try await SlowReaders(on: client.loop, server, settings).run()
            options.show(report)
            reports.append(report)
        }
        try options.judge(reports)
    }
}
