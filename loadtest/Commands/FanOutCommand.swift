import ArgumentParser

/// `martlet-load fanout`
struct FanOutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fanout",
        abstract: "One publisher, one room, many members."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "hub, nats or nchan; several with spaces.")
    var server: [ServerKind] = [.hub]

    @Option(help: "The room's members.")
    var members = 1000

    @Option(help: "Posts that are on the way at a time.")
    var inFlight = 64

    @Option(help: "The bytes of a post's content.")
    var bytes = 64

    @Option(help: "How long to measure.")
    var seconds = 5

    @Option(help: "Rounds; the servers take turns.")
    var rounds = 1

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = FanOut.Settings()
        settings.members = members
        settings.inFlight = inFlight
        settings.contentBytes = bytes
        settings.duration = .seconds(seconds)
        settings.seed = options.seed
        var reports: [Report] = []
        for _ in 0..<rounds {
            for kind in server {
                let server = try target.start(kind)
                defer { target.stop(server) }
                let report = try await FanOut(on: client.loop, server, settings).run()
                options.show(report)
                reports.append(report)
            }
        }
        try options.judge(reports)
    }
}
