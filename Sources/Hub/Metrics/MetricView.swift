import TimeSeries

/// How a selection is looked at: which tier, which span, and which value of a tier's rows.
struct MetricView: Sendable {
    let tier: Tier
    let value: RollupValue
    let from: Int64
    let through: Int64

    /// Which of a row's values stands for its samples, by the function around the selector.
    static func value(for function: String?) -> RollupValue {
        switch function {
        case "max_over_time": .max
        case "min_over_time": .min
        case "avg_over_time", "sum_over_time", "count_over_time", "quantile_over_time",
            "stddev_over_time":
            .average
        default: .last
        }
    }

    /// What a shard's memory has of a series.
    struct Head: Sendable {
        let series: SeriesID
        let labels: Labels
        let samples: Samples
        let rows: RollupColumns
        let pending: [SealedBlock]
        /// The sequence of the block that was to be sealed next.
        let nextBlock: UInt64
    }

    func heads(of series: [SeriesID], in store: borrowing ShardStore) -> [Head] {
        let pending = Dictionary(
            grouping: store.pendingBlocks(of: series, tier, from: from, to: through),
            by: \.series
        )
        return series.compactMap { id in
            guard let labels = store.labels(of: id) else { return nil }
            return Head(
                series: id,
                labels: labels,
                samples: tier == .raw
                    ? store.openSamples(of: id, from: from, to: through) : Samples(),
                rows: store.openRows(of: id, tier, from: from, to: through),
                pending: pending[id.number] ?? [],
                nextBlock: store.nextBlock
            )
        }
    }

    /// The blocks of a series. What was sealed after the memory was looked at was open then, and
    /// what was put away meanwhile was pending: each counts once.
    func blocks(_ head: Head, _ stored: [SealedBlock]) -> [SealedBlock] {
        let stored = stored.filter { $0.sequence < head.nextBlock }
        let known = Set(stored.map(\.sequence))
        return stored + head.pending.filter { !known.contains($0.sequence) }
    }

    /// How many samples blocks have that are in the span as a whole. Those that reach beyond it may
    /// have few in it: how many shows when they are decoded.
    func samplesWithin(_ blocks: [SealedBlock]) -> Int {
        blocks.reduce(0) { sum, block in
            block.start >= from && block.end <= through ? sum + block.count : sum
        }
    }

    /// All there is of the series, by time.
    func columns(_ head: Head, _ blocks: [SealedBlock]) -> SeriesColumns {
        let samples = tier == .raw ? raw(blocks, head.samples) : rolledUp(blocks, head.rows)
        return SeriesColumns(labels: head.labels, times: samples.times, values: samples.values)
    }

    private func raw(_ blocks: [SealedBlock], _ open: Samples) -> Samples {
        var all = Samples()
        for block in blocks {
            guard let samples = block.samples() else { continue }
            all.merge(samples)
        }
        all.merge(open)
        return all.inRange(from, through)
    }

    private func rolledUp(_ blocks: [SealedBlock], _ open: RollupColumns) -> Samples {
        var all = RollupColumns()
        for block in blocks {
            guard let rows = block.rows(tier) else { continue }
            all.merge(rows)
        }
        all.merge(open)
        return all.samples(value).inRange(from, through)
    }
}
