import ArgumentParser

/// `martlet-load checkout`
struct CheckoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkout",
        abstract: "Customers that fill carts and order, each order on disk when it is answered."
    )

    @OptionGroup var target: ServerOptions
    @OptionGroup var options: RunOptions

    @Option(help: "The customers.")
    var customers = CheckingOut.Settings().customers

    @Option(help: "The lines of each order.")
    var lines = CheckingOut.Settings().lines

    @Option(help: "How long to measure.")
    var seconds: Int?

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        var settings = CheckingOut.Settings()
        settings.customers = customers
        settings.lines = lines
        if let seconds { settings.duration = .seconds(seconds) }
        settings.seed = options.seed
        let server = try target.start(durability: "disk")
        defer { target.stop(server) }
        let report = try await CheckingOut(on: client.loop, server, settings).run()
        options.show(report)
        try options.judge([report])
    }
}
