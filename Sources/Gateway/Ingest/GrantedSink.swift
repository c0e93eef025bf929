import Hub
import TimeSeries

/// Sorts samples into the shards' batches, without those that the client may not write.
struct GrantedSink: SampleSink {
    private(set) var batches: ShardBatches
    private(set) var forbidden = 0
    private var grants: PushGrants
    private var isAllowed = false

    init(_ grants: Grants, reserving capacity: Int) {
        batches = ShardBatches(reserving: capacity)
        self.grants = PushGrants(grants)
    }

    mutating func begin(series labels: RawSpan) {
        isAllowed = grants.allow(labels)
        if isAllowed { batches.begin(series: labels) }
    }

    /// Whether the client may say what a metric is.
    mutating func allows(_ entry: MetricMetadata) -> Bool { grants.allow(name: entry.family) }

    mutating func append(_ sample: Sample) {
        if isAllowed {
            batches.append(sample)
        } else {
            forbidden += 1
        }
    }
}
