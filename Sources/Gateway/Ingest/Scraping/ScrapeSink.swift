import TimeSeries

/// Takes a scrape's samples: leaves out what the target filters, and notes which series there are.
struct ScrapeSink: SampleSink {
    private(set) var batches = ShardBatches()
    private(set) var filter: SeriesFilter
    /// Canonical labels of the series that came without a time of their own: those end when they
    /// don't come again.
    private(set) var present: Set<[UInt8]> = []
    private(set) var scraped = 0
    private(set) var kept = 0
    private(set) var added = 0
    private let before: Set<[UInt8]>
    private let now: Int64
    private var isKept = false
    private var series: [UInt8] = []

    init(filter: SeriesFilter, before: Set<[UInt8]>, now: Int64) {
        self.filter = filter
        self.before = before
        self.now = now
        present.reserveCapacity(before.count)
    }

    mutating func begin(series labels: RawSpan) {
        isKept = filter.admits(labels)
        guard isKept else { return }
        batches.begin(series: labels)
        series = (0..<labels.byteCount).map {
            labels.unsafeLoad(fromByteOffset: $0, as: UInt8.self)
        }
    }

    mutating func append(_ sample: Sample) {
        scraped += 1
        guard isKept else { return }
        kept += 1
        batches.append(sample)
        // A target that tells times itself knows when a series is over.
        guard sample.at == now else { return }
        if present.insert(series).inserted, !before.contains(series) { added += 1 }
    }
}
