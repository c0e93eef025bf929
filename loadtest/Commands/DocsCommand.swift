import ArgumentParser

/// `martlet-load docs`
struct DocsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs",
        abstract: "Editors that type in documents of Yjs."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "Documents.")
    var documents = 1000

    @Option(help: "Editors of each document.")
    var editors = 3

    @Option(help: "Letters a second, of all editors together.")
    var letters = 15_000

    @Option(help: "How long to measure.")
    var seconds = 10

    @Option(help: "disk or os: when an edit counts as stored.")
    var durability = "disk"

    @Flag(help: "Measure y-websocket's own server too, in turn.")
    var peer = false

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Typing.Settings()
        settings.documents = documents
        settings.editors = editors
        settings.lettersPerSecond = letters
        settings.duration = .seconds(seconds)
        settings.seed = options.seed
        var reports: [Report] = []
        let hub = try target.start(.hub, durability: durability)
        defer { target.stop(hub) }
        reports.append(try await Typing(on: client.loop, hub, settings).run())
        options.show(reports[0])
        if peer {
            guard YWebSocketPeer.isInstalled else {
                throw LoadFailure("y-websocket's server is missing: node-y-websocket")
            }
            let server = try YWebSocketPeer.start()
            defer { server.stop() }
            settings.path = ""
            settings.label = "docs y-websocket-server"
            let report = try await Typing(on: client.loop, server, settings).run()
            options.show(report)
            reports.append(report)
        }
        try options.judge(reports)
    }
}
