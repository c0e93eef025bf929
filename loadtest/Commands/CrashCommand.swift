import ArgumentParser

/// `martlet-load crash`
struct CrashCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "crash",
        abstract: "The hub is killed under load, again and again."
    )

    @OptionGroup var options: RunOptions

    @Option(help: "The hub's binary.")
    var binary: String

    @Option(help: "How often it is killed.")
    var rounds = Crash.Settings().rounds

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Crash.Settings()
        settings.rounds = rounds
        settings.seed = options.seed
        let report = try await Crash(on: client.loop, Launcher(binary: binary), settings).run()
        options.show(report)
        try options.judge([report])
    }
}
