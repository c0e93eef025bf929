@testable import TimeSeries

/// A store as simple as can be: all samples in dictionaries.
struct StoreModel {
    var series: [Labels: [Int64: Double]] = [:]
    private var last: [Labels: Int64] = [:]
    private let window: Int64 = 300_000

    /// Whether the sample is taken.
    mutating func take(_ labels: Labels, _ sample: Sample) -> Bool {
        let newest = last[labels] ?? .min
        guard sample.at > newest || sample.at >= newest - window else { return false }
        last[labels] = max(newest, sample.at)
        series[labels, default: [:]][sample.at] = sample.value
        return true
    }

    func samples(_ labels: Labels) -> [Sample] {
        (series[labels] ?? [:]).sorted { $0.key < $1.key }.map {
            Sample(at: $0.key, value: $0.value)
        }
    }

    func rows(_ labels: Labels, _ tier: Tier) -> [Rollup] {
        var rows: [Rollup] = []
        for sample in samples(labels) where !sample.isStale {
            let next = Rollup(start: tier.start(of: sample.at), sample)
            if rows.last?.start == next.start {
                rows[rows.count - 1].merge(next)
            } else {
                rows.append(next)
            }
        }
        return rows
    }
}

/// What a store holds and what was stored of it, put together as a reader does.
struct StoredSeries {
    var store: ShardStore
    var archive: [SealedBlock] = []

    /// Stores some of the sealed blocks.
    mutating func storeSome(_ limit: Int) {
        let blocks = store.sealed(from: 0, limit: limit)
        archive += blocks
        guard let last = blocks.last else { return }
        store.noteStored(below: last.sequence + 1)
    }

    private func blocks(_ id: SeriesID, _ tier: Tier) -> [SealedBlock] {
        archive.filter { $0.series == id.number && $0.serves(tier) }
            + store.pendingBlocks(of: [id], tier, from: .min, to: .max)
    }

    func samples(_ id: SeriesID) -> [Sample] {
        var all = Samples()
        for block in blocks(id, .raw) { all = all.merged(with: block.samples() ?? Samples()) }
        all = all.merged(with: store.openSamples(of: id, from: .min, to: .max))
        return (0..<all.count).map { all[$0] }
    }

    func rows(_ id: SeriesID, _ tier: Tier) -> [Rollup] {
        var all = RollupColumns()
        for block in blocks(id, tier) {
            all = all.merged(with: block.rows(tier) ?? RollupColumns())
        }
        all = all.merged(with: store.openRows(of: id, tier, from: .min, to: .max))
        return (0..<all.count).map { all[$0] }
    }
}
