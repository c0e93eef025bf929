import Hub
import Logging
import Synchronization
import TimeSeries

/// Scrapes targets, each on its grid, until it is cancelled.
package struct Scraper: Sendable {
    /// Scrapes at the same time; others wait for their turn.
    private static let scrapesMaximum = 16

    private let targets: [ScrapeTarget]
    private let source: any ScrapeSource
    private let intake: any SampleIntake
    private let instruments: IngestInstruments
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let isEntitled: (@Sendable () async -> Bool)?
    private let entitlementPeriod: Duration
    private let turns = Turns(maximum: scrapesMaximum)

    /// - Parameters:
    ///   - isEntitled: Whether it is for this node to scrape now; nil when there is no other.
    ///   - entitlementPeriod: Between two of these questions, so that it stays this node's also
    ///     between scrapes: another does not know which series there were.
    package init(
        _ targets: [ScrapeTarget],
        source: any ScrapeSource,
        intake: any SampleIntake,
        instruments: IngestInstruments,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger,
        isEntitled: (@Sendable () async -> Bool)? = nil,
        entitlementPeriod: Duration = .seconds(2)
    ) {
        self.isEntitled = isEntitled
        self.entitlementPeriod = entitlementPeriod
        self.targets = targets
        self.source = source
        self.intake = intake
        self.instruments = instruments
        self.now = now
        self.logger = logger
    }

    package func run() async {
        await withDiscardingTaskGroup { group in
            for target in targets {
                group.addTask { await self.scrape(target) }
            }
            group.addTask { await self.stayEntitled() }
        }
    }

    private func stayEntitled() async {
        guard let isEntitled else { return }
        repeat {
            _ = await isEntitled()
        } while (try? await Task.sleep(for: entitlementPeriod)) != nil
    }

    private func scrape(_ target: ScrapeTarget) async {
        let grid = ScrapeGrid(interval: max(1, target.interval.milliseconds), key: target.url)
        var memory = TargetMemory(target)
        var wasUp = true
        while !Task.isCancelled {
            let due = grid.next(after: now().milliseconds)
            let wait = Duration.milliseconds(due - now().milliseconds)
            guard (try? await Task.sleep(for: wait)) != nil else { return }
            if let isEntitled, await !isEntitled() { continue }
            let failure = await scrapeOnce(target, grid, due, &memory)
            instruments.scrapes[failure == nil ? "ok" : "failed"].add()
            // Once for each time that it fails, not for each scrape.
            if let failure, wasUp {
                logger.warning(
                    "A scrape failed",
                    metadata: ["target": "\(target.url)", "error": "\(failure)"]
                )
            }
            wasUp = failure == nil
        }
    }

    /// One scrape, whatever time it is.
    package func scrapeOnce(
        _ target: ScrapeTarget,
        _ grid: ScrapeGrid,
        _ due: Int64,
        _ memory: inout TargetMemory
    ) async -> ScrapeFailure? {
        await turns.wait()
        let time = grid.snap(now().milliseconds, due: due)
        let start = ContinuousClock.now
        let answer: Result<ScrapeText, ScrapeFailure>
        do throws(ScrapeFailure) {
            answer = .success(try await source.fetch(target))
        } catch {
            answer = .failure(error)
        }
        turns.end()
        let took = ContinuousClock.now - start
        let (scrape, failure) = memory.take(answer, now: time, took: took)
        do throws(Rejection) {
            let outcome = try await intake.take(scrape.batches, metadata: scrape.metadata)
            instruments.count(outcome, source: "scrape")
        } catch {
            return failure ?? .refused(error.message)
        }
        return failure
    }
}
