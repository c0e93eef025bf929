import ArgumentParser

/// `martlet-load buy`
struct BuyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buy",
        abstract: "Customers that reserve and commit, each acknowledged when it is on disk."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The customers.")
    var customers = Buying.Settings().customers

    @Option(help: "The items they are after.")
    var items = Buying.Settings().items

    @Option(help: "The purchases of a customer that are under way at once.")
    var inFlight = Buying.Settings().inFlight

    @Option(help: "How long to measure.")
    var seconds: Int?

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = Buying.Settings()
        settings.customers = customers
        settings.items = items
        settings.inFlight = inFlight
        if let seconds { settings.duration = .seconds(seconds) }
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        let report = try await Buying(on: client.loop, server, settings).run()
        options.show(report)
        try options.judge([report])
    }
}
