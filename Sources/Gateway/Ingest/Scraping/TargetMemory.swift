import TimeSeries

/// What is remembered of a target from scrape to scrape, and what each scrape comes to.
package struct TargetMemory: Sendable {
    /// A scrape as it goes to the store.
    package struct Scrape: Sendable {
        package let batches: [ShardBatch]
        package let metadata: [MetricMetadata]
    }

    private let target: ScrapeTarget
    private var filter: SeriesFilter
    private var present: Set<[UInt8]> = []

    package init(_ target: ScrapeTarget) {
        self.target = target
        filter = target.filter
    }

    /// Series that would end if the target went away.
    package var seriesCount: Int { present.count }

    /// What a target's answer comes to. If it is no answer, all its series end.
    ///
    /// - Parameter now: The time of the scrape on its grid, in milliseconds.
    package mutating func take(
        _ answer: Result<ScrapeText, ScrapeFailure>,
        now: Int64,
        took: Duration
    ) -> (scrape: Scrape, failure: ScrapeFailure?) {
        do throws(ScrapeFailure) {
            let text = try answer.get()
            var sink = ScrapeSink(filter: filter, before: present, now: now)
            let summary = try read(text, now, &sink)
            guard sink.kept <= target.seriesMaximum else { throw .tooManySeries }
            var batches = sink.batches
            for series in present where !sink.present.contains(series) {
                Self.end(series, now, &batches)
            }
            present = sink.present
            filter = sink.filter
            report(now, took, isUp: true, (sink.scraped, sink.kept, sink.added), &batches)
            return (Scrape(batches: batches.finish(), metadata: summary.metadata), nil)
        } catch {
            var batches = ShardBatches()
            for series in present { Self.end(series, now, &batches) }
            present = []
            report(now, took, isUp: false, (0, 0, 0), &batches)
            return (Scrape(batches: batches.finish(), metadata: []), error)
        }
    }

    /// In the format that the target says it is; the text format if it says nothing.
    private func read(
        _ text: ScrapeText,
        _ now: Int64,
        _ sink: inout ScrapeSink
    ) throws(ScrapeFailure) -> ExpositionSummary {
        let isOpenMetrics = IngestFormat.text(text.contentType) == .openMetrics
        var options = ExpositionOptions(isOpenMetrics ? .openMetrics : .prometheus, now: now)
        options.added = target.labels
        options.honorsTimestamps = target.honorsTimestamps
        do throws(ExpositionError) {
            var reader = ExpositionReader(options)
            return try reader.read(text.bytes, into: &sink)
        } catch {
            throw .malformed("\(error)")
        }
    }

    private static func end(_ series: [UInt8], _ now: Int64, _ batches: inout ShardBatches) {
        batches.begin(series: series.span.bytes)
        batches.append(Sample(at: now, value: Sample.staleMarker))
    }

    /// The series that Prometheus writes of each scrape.
    private func report(
        _ now: Int64,
        _ took: Duration,
        isUp: Bool,
        _ counts: (scraped: Int, kept: Int, added: Int),
        _ batches: inout ShardBatches
    ) {
        let seconds =
            Double(took.components.seconds)
            + Double(took.components.attoseconds) / 1e18
        let figures: [(String, Double)] = [
            ("up", isUp ? 1 : 0),
            ("scrape_duration_seconds", seconds),
            ("scrape_samples_scraped", Double(counts.scraped)),
            ("scrape_samples_post_metric_relabeling", Double(counts.kept)),
            ("scrape_series_added", Double(counts.added)),
        ]
        for (name, value) in figures {
            let labels = Labels(
                [(Labels.nameLabel, name)] + target.labels.map { ($0.name, $0.value) }
            )
            batches.begin(series: labels.bytes.span.bytes)
            batches.append(Sample(at: now, value: value))
        }
    }
}
