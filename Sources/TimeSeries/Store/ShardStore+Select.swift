/// Answering queries from memory. What is stored is not here: the reader adds it.
extension ShardStore {
    /// The series that the selector admits, the oldest first where slots were never free.
    package func series(_ selector: SeriesSelector) -> [SeriesID] {
        index.select(selector).map { SeriesID(slot: $0, number: heads[Int($0)].number) }
    }

    package func labels(of series: SeriesID) -> Labels? {
        holds(series) ? index.labels(Int(series.slot)) : nil
    }

    private func holds(_ series: SeriesID) -> Bool {
        Int(series.slot) < heads.count && heads[Int(series.slot)].number == series.number
    }

    /// The samples of a series that are not sealed, in that range, both ends included.
    package func openSamples(of series: SeriesID, from: Int64, to: Int64) -> Samples {
        guard holds(series) else { return Samples() }
        let head = heads[Int(series.slot)]
        guard head.open.count > 0 || head.hasLate, head.last.at >= from else { return Samples() }
        var samples = head.openSamples
        if head.hasLate, let late = late[series.slot] { samples = samples.merged(with: late) }
        return samples.inRange(from, to)
    }

    /// The rows of a tier that are not in a sealed block: up to the newest sample.
    package func openRows(
        of series: SeriesID,
        _ tier: Tier,
        from: Int64,
        to: Int64
    ) -> RollupColumns {
        guard holds(series), tier != .raw else { return RollupColumns() }
        let head = heads[Int(series.slot)]
        guard head.last.at >= from else { return RollupColumns() }
        let open = RollupColumns(openSamples(of: series, from: .min, to: .max), tier)
        let gathered =
            head.rows.isEmpty ? open : head.gathered[Int(tier.rawValue) - 1].merged(with: open)
        return gathered.inRange(from, to)
    }

    /// Sealed blocks of these series that are not known to be stored and have a part of the range.
    package func pendingBlocks(
        of series: [SeriesID],
        _ tier: Tier,
        from: Int64,
        to: Int64
    ) -> [SealedBlock] {
        let wanted = Set(series.lazy.map(\.number).filter { pendingCounts[$0] != nil })
        if wanted.isEmpty { return [] }
        return pending.filter {
            $0.serves(tier) && $0.end >= from && $0.start <= to && wanted.contains($0.series)
        }
    }

    /// The samples of the selected series that are in memory, in that range, both ends included.
    package func select(
        _ selector: SeriesSelector,
        from: Int64,
        to: Int64
    ) -> [SeriesColumns] {
        let found = series(selector)
        var sealed: [UInt64: Samples] = [:]
        for block in pendingBlocks(of: found, .raw, from: from, to: to) {
            guard let samples = block.samples() else { continue }
            sealed[block.series, default: Samples()].merge(samples)
        }
        return found.map { id in
            var samples = openSamples(of: id, from: from, to: to)
            if let sealed = sealed[id.number] { samples = sealed.merged(with: samples) }
            samples = samples.inRange(from, to)
            return SeriesColumns(
                labels: index.labels(Int(id.slot)),
                times: samples.times,
                values: samples.values
            )
        }
    }

    /// The rows of a tier that are in memory, by the labels of the selected series.
    package func selectRows(
        _ selector: SeriesSelector,
        _ tier: Tier,
        from: Int64,
        to: Int64
    ) -> [(labels: Labels, rows: RollupColumns)] {
        let found = series(selector)
        var sealed: [UInt64: RollupColumns] = [:]
        for block in pendingBlocks(of: found, tier, from: from, to: to) {
            guard let rows = block.rows(tier) else { continue }
            sealed[block.series, default: RollupColumns()].merge(rows)
        }
        return found.map { id in
            let open = openRows(of: id, tier, from: .min, to: .max)
            let rows = (sealed[id.number] ?? RollupColumns()).merged(with: open)
            return (index.labels(Int(id.slot)), rows.inRange(from, to))
        }
    }

    /// The newest samples of those of the series that have got one since that count of changes.
    package func latest(
        of series: [SeriesID],
        since change: UInt64
    ) -> [(series: SeriesID, sample: Sample)] {
        series.compactMap { id in
            guard holds(id), heads[Int(id.slot)].changedAt > change else { return nil }
            return (id, heads[Int(id.slot)].last)
        }
    }

    // MARK: Labels

    /// The names of all labels, or of those that the selected series have.
    package func labelNames(_ selector: SeriesSelector?) -> Set<String> {
        index.labelNames(selector)
    }

    package func labelValues(_ name: String, _ selector: SeriesSelector?) -> Set<String> {
        index.labelValues(name, selector)
    }

    /// How many series there are, and the most numerous of each kind.
    package func cardinality(limit: Int) -> Cardinality {
        var cardinality = index.postings.cardinality(limit: limit)
        cardinality.series = index.count
        return cardinality
    }
}
