import Hub
import Logging
import Storage
import TimeSeries

/// The metric streams of a store, behind a router of their own.
final class StreamDesk: Sendable {
    private let router: Router
    private let archive: any MetricArchive

    init(_ store: Store) {
        archive = store.metrics
        router = Router(
            lanes: [QueueLane()],
            surroundings: Surroundings(
                journal: store.journal,
                ids: RecordIDs(node: 1),
                now: Store.systemTime
            ),
            archive: store.archive,
            streams: StreamSurroundings(archive: store.metrics),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    /// Samples of some series, a second apart.
    func push(_ count: Int, series: Int, endingAt end: Int64) async throws {
        var batches = ShardBatches()
        for number in 0..<series {
            let labels = Labels([(Labels.nameLabel, "cpu"), ("host", "h\(number)")])
            batches.begin(series: labels.bytes.span.bytes)
            for step in 0..<count {
                let at = end - Int64(count - 1 - step) * 1000
                batches.append(Sample(at: at, value: Double(number * 100_000 + step)))
            }
        }
        let outcome = try await router.shards.push(batches.finish(), by: .hub)
        precondition(outcome.accepted == count * series, "All samples are taken.")
    }

    func putAway() async {
        await MetricKeeper(
            shards: router.shards,
            archive: archive,
            retention: MetricRetention(),
            now: Store.systemTime,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        ).keep(isSweeping: false)
    }

    /// All samples, by series.
    func all() async throws -> [Labels: [Double]] {
        let range = try QueryRange(at: Store.systemTime().milliseconds)
        var found: [SeriesColumns] = []
        for selection in try PromQuery.parse("cpu[10d]").selections(over: range) {
            found += try await router.metrics.series(selection)
        }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.labels, $0.values) })
    }
}
