import Cluster
import Gateway
import Hub
import Logging
import NIOCore
import Storage

/// What brings samples into the hub's streams without being asked, and puts them away.
struct Metering: Sendable {
    private let collector: Collector?
    private let targets: [ScrapeTarget]
    private let intake: StreamIntake
    private let instruments: Instruments
    private let statsD: StatsDListener?
    private let keeper: MetricKeeper
    private let settings: Settings.MetricSettings
    private let threads: any EventLoopGroup
    private let link: ClusterLink?
    private let logger: Logger

    init(
        _ settings: Settings,
        _ router: Router,
        _ instruments: Instruments,
        _ threads: any EventLoopGroup,
        _ link: ClusterLink?,
        _ logger: Logger
    ) {
        self.link = link
        intake = StreamIntake(router: router)
        self.instruments = instruments
        let now: @Sendable () -> Timestamp = { Timestamp.now() }
        self.settings = settings.metrics
        self.threads = threads
        self.logger = logger
        collector =
            settings.metrics.collects
            ? Collector(
                // Several nodes may be on one host.
                instance: link.flatMap { _ in settings.cluster.node?.description },
                dataPath: settings.store.directory,
                instruments: instruments,
                intake: intake,
                now: now,
                logger: logger
            ) : nil
        targets = settings.metrics.targets.compactMap { ScrapeTarget(text: $0) }
        statsD =
            settings.metrics.statsD == nil
            ? nil
            : StatsDListener(
                intake: intake,
                instruments: instruments.ingest,
                now: now,
                logger: logger
            )
        keeper = MetricKeeper(
            shards: router.shards,
            archive: router.streams.archive,
            retention: router.streams.retention,
            now: now,
            logger: logger
        )
    }

    /// Until it is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await keeper.run() }
            if let collector { group.addTask { await collector.run() } }
            if !targets.isEmpty { group.addTask { await scrape() } }
            if let statsD { group.addTask { await listen(statsD) } }
        }
    }

    /// The client must be shut down, so it is made where that is certain.
    private func scrape() async {
        let source = HTTPScrapeSource(version: Version.text)
        var isEntitled: (@Sendable () async -> Bool)?
        if let link { isEntitled = { await link.scraping.hold() } }
        await Scraper(
            targets,
            source: source,
            intake: intake,
            instruments: instruments.ingest,
            now: { Timestamp.now() },
            logger: logger,
            isEntitled: isEntitled
        ).run()
        await source.shutdown()
    }

    private func listen(_ statsD: StatsDListener) async {
        guard let place = settings.statsD else { return }
        do throws(StatsDListener.Failure) {
            let port = try await statsD.bind(host: place.host, port: place.port, on: threads)
            logger.notice("StatsD is taken", metadata: ["port": "\(port)"])
        } catch {
            logger.error("StatsD is not taken", metadata: ["error": "\(error)"])
            return
        }
        await statsD.run()
    }
}
