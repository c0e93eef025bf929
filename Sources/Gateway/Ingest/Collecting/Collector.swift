import Glibc
import Hub
import Logging
import TimeSeries

/// Writes metrics of this machine and of the hub itself into the store, from time to time, until it
/// is cancelled. Nothing has to be installed for a first dashboard.
package struct Collector: Sendable {
    /// The hub has hundreds of series, most of which rest: they are read less often.
    private static let pageInterval: Int64 = 10_000

    private let interval: Duration
    /// The node's name, or the host's.
    private let instance: String
    private let dataPath: String
    private let instruments: Instruments
    private let intake: any SampleIntake
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// - Parameter instance: What tells this hub from others in the store; the host's name if nil.
    /// - Parameter dataPath: Of the file system whose room is of interest.
    package init(
        interval: Duration = .seconds(1),
        instance: String? = nil,
        dataPath: String,
        instruments: Instruments,
        intake: any SampleIntake,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.interval = interval
        self.dataPath = dataPath
        self.instruments = instruments
        self.intake = intake
        self.now = now
        self.logger = logger
        self.instance = instance ?? Self.hostName()
    }

    package func run() async {
        let grid = ScrapeGrid(interval: max(1, interval.milliseconds), key: "")
        var wasTaken = true
        var page = Int64.min
        while !Task.isCancelled {
            let due = grid.next(after: now().milliseconds)
            let wait = Duration.milliseconds(due - now().milliseconds)
            guard (try? await Task.sleep(for: wait)) != nil else { return }
            let isPageDue = due / Self.pageInterval != page
            page = due / Self.pageInterval
            let time = grid.snap(now().milliseconds, due: due)
            let isTaken = await collect(at: time, withHub: isPageDue)
            if !isTaken, wasTaken { logger.warning("Samples of the hub itself are lost") }
            wasTaken = isTaken
        }
    }

    /// False if the store took nothing.
    package func collect(at time: Int64, withHub: Bool = true) async -> Bool {
        var batches = ShardBatches()
        let metadata = withHub ? readHub(time, &batches) : []
        readHost(time, &batches)
        do throws(Rejection) {
            let outcome = try await intake.take(batches.finish(), metadata: metadata)
            instruments.ingest.count(outcome, source: "collector")
            return true
        } catch {
            return false
        }
    }

    /// What `/metrics` says.
    private func readHub(_ time: Int64, _ batches: inout ShardBatches) -> [MetricMetadata] {
        var options = ExpositionOptions(.prometheus, now: time)
        options.added = [("instance", instance), ("job", "martlet")]
        var reader = ExpositionReader(options)
        do throws(ExpositionError) {
            let text = MetricsPage(instruments: instruments).text()
            return try reader.read(text, into: &batches).metadata
        } catch {
            preconditionFailure("The hub reads what it writes itself.")
        }
    }

    private func readHost(_ time: Int64, _ batches: inout ShardBatches) {
        let host = HostReading(text: ProcessReading.text)
        for figure in host.figures + HostReading.room(at: dataPath) {
            var labels = [
                (Labels.nameLabel, figure.name), ("instance", instance), ("job", "host"),
            ]
            if let label = figure.label { labels.append((label.name, label.value)) }
            let canonical = Labels(labels)
            batches.begin(series: canonical.bytes.span.bytes)
            batches.append(Sample(at: time, value: figure.value))
        }
    }

    private static func hostName() -> String {
        let name = ProcessReading.text("/proc/sys/kernel/hostname").filter { !$0.isNewline }
        return name.isEmpty ? "localhost" : name
    }
}
