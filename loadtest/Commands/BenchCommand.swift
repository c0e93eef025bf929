import ArgumentParser

/// `martlet-load bench`
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures every bar, beside the peers that are installed, and prints a table."
    )

    enum Part: String, CaseIterable, ExpressibleByArgument {
        case fanout, idle, chat, durable, avalanche, rest, slow, crash, start
        case buy, checkout, ingest, query, watch
        case relay, spread, hot, wide, catchup, failover, multitude
    }

    @OptionGroup var options: RunOptions

    @Option(help: "The hub's binary.")
    var binary: String

    @Option(help: "An argument for the hubs that are started; may be given several times.")
    var hubArgument: [String] = []

    @Flag(help: "Shorter and smaller, with one round: to see that everything works.")
    var quick = false

    @Option(help: "Rounds of each scenario; the table has their medians.")
    var rounds: Int?

    @Option(help: "Only these bars; may be given several times.")
    var only: [Part] = []

    func run() async throws {
        let client = ClientLoop()
        defer { client.stop() }
        let bench = Bench(
            Launcher(binary: binary, hubArguments: hubArgument),
            client,
            isQuick: quick,
            rounds: rounds ?? (quick ? 1 : 3),
            seed: options.seed,
            show: options.show
        )
        for part in Part.allCases where only.isEmpty || only.contains(part) {
            switch part {
            case .fanout: await bench.fanOutBars()
            case .idle: await bench.idleBar()
            case .chat: await bench.chatBar()
            case .durable: await bench.durableBars()
            case .avalanche: await bench.avalancheBar()
            case .rest: await bench.restBar()
            case .slow: await bench.slowBar()
            case .crash: await bench.crashBar()
            case .start: await bench.startBar()
            case .buy: await bench.buyBars()
            case .checkout: await bench.checkoutBar()
            case .ingest: await bench.ingestBars()
            case .query: await bench.queryBar()
            case .watch: await bench.watchBar()
            case .relay: await bench.relayBars()
            case .spread: await bench.spreadBars()
            case .hot: await bench.hotBar()
            case .wide: await bench.wideBars()
            case .catchup: await bench.catchUpBar()
            case .failover: await bench.failoverBar()
            case .multitude: await bench.multitudeBar()
            }
        }
        print("")
        print(bench.table)
        let isMet = bench.bars.allSatisfy { $0.verdict != .missed }
        if !isMet || !bench.isClean { throw ExitCode(1) }
    }
}
