import Gateway
import Hub
import Logging
import NIOCore
import Storage

/// What brings samples into the hub's streams without being asked, and puts them away.
struct Metering: Sendable {
    private let collector: Collector?
    private let scraper: Scraper?
    private let source: HTTPScrapeSource
    private let statsD: StatsDListener?
    private let keeper: MetricKeeper
    private let settings: Settings.MetricSettings
    private let threads: any EventLoopGroup
    private let logger: Logger

    init(
        _ settings: Settings,
        router: Router,
        instruments: Instruments,
        threads: any EventLoopGroup,
        logger: Logger
    ) {
        let intake = StreamIntake(router: router)
        let now: @Sendable () -> Timestamp = { Timestamp.now() }
        self.settings = settings.metrics
        self.threads = threads
        self.logger = logger
        collector =
            settings.metrics.collects
            ? Collector(
                dataPath: settings.store.directory,
                instruments: instruments,
                intake: intake,
                now: now,
                logger: logger
            ) : nil
        source = HTTPScrapeSource(version: Version.text)
        let targets = settings.metrics.targets.compactMap { ScrapeTarget(text: $0) }
        scraper =
            targets.isEmpty
            ? nil
            : Scraper(
                targets,
                source: source,
                intake: intake,
                instruments: instruments.ingest,
                now: now,
                logger: logger
            )
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
            if let scraper { group.addTask { await scraper.run() } }
            if let statsD { group.addTask { await listen(statsD) } }
        }
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
