import TimeSeries

/// Answers queries from the shards' memory and the archive together.
package struct MetricReader: MetricSource {
    /// Series that are looked at in one go: a shard's lane has sockets to serve, too.
    private static let portion = 256

    let shards: MetricShards
    let archive: any MetricArchive
    let descriptions: MetricDescriptions
    let retention: MetricRetention
    let now: @Sendable () -> Timestamp

    package init(
        shards: MetricShards,
        archive: any MetricArchive,
        descriptions: MetricDescriptions,
        retention: MetricRetention,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.shards = shards
        self.archive = archive
        self.descriptions = descriptions
        self.retention = retention
        self.now = now
    }

    package func series(
        _ selection: Selection,
        within budget: inout SampleBudget
    ) async throws(Rejection) -> [SeriesColumns] {
        let selector = try Self.selector(selection.matchers)
        let view = view(from: selection.from, through: selection.through, for: selection.function)
        return try await series(selector, view, within: &budget)
    }

    /// All samples of the span, for no function.
    func series(
        of selector: SeriesSelector,
        from: Int64,
        through: Int64
    ) async throws(Rejection) -> [SeriesColumns] {
        var budget = SampleBudget()
        let view = view(from: from, through: through, for: nil)
        return try await series(selector, view, within: &budget)
    }

    /// - Parameter function: What is going to be done with the samples, as a hint.
    private func view(from: Int64, through: Int64, for function: String?) -> MetricView {
        MetricView(
            tier: retention.tier(reachingTo: from, at: now().milliseconds),
            value: MetricView.value(for: function),
            from: from,
            through: through
        )
    }

    private func series(
        _ selector: SeriesSelector,
        _ view: MetricView,
        within budget: inout SampleBudget
    ) async throws(Rejection) -> [SeriesColumns] {
        var found: [SeriesColumns] = []
        for shard in shards.places.all {
            found += try await series(selector, view, in: shard, within: &budget)
        }
        return shards.places.areShared ? SeriesColumns.merged(found) : found
    }

    /// Memory first, then the archive: what is put away in between is found in both, not in none.
    private func series(
        _ selector: SeriesSelector,
        _ view: MetricView,
        in shard: Int,
        within budget: inout SampleBudget
    ) async throws(Rejection) -> [SeriesColumns] {
        let all = try await shards.read(shard) { $0.series(selector) }
        var found: [SeriesColumns] = []
        for start in stride(from: 0, to: all.count, by: Self.portion) {
            let ids = Array(all[start..<min(start + Self.portion, all.count)])
            let heads = try await shards.read(shard) { store in view.heads(of: ids, in: store) }
            let stored = try await blocks(of: ids.map(\.number), view, in: shard)
            for head in heads {
                let blocks = view.blocks(head, stored[head.series.number] ?? [])
                try budget.check(view.samplesWithin(blocks))
                let columns = view.columns(head, blocks)
                try budget.take(columns.times.count)
                if !columns.times.isEmpty { found.append(columns) }
            }
        }
        return found
    }

    private func blocks(
        of series: [UInt64],
        _ view: MetricView,
        in shard: Int
    ) async throws(Rejection) -> [UInt64: [SealedBlock]] {
        do throws(JournalError) {
            let blocks = try await archive.blocks(
                of: shard,
                series: series,
                tier: view.tier,
                from: view.from,
                to: view.through
            )
            return Dictionary(grouping: blocks, by: \.series)
        } catch {
            throw .unavailable
        }
    }

    package func labels(
        selectedBy selectors: [[LabelMatcher]],
        from: Int64,
        through: Int64
    ) async throws(Rejection) -> [Labels] {
        let made = try selectors.map { matchers throws(Rejection) in try Self.selector(matchers) }
        let everything = try Self.selector([])
        let wanted = made.isEmpty ? [everything] : made
        var found: Set<Labels> = []
        for shard in shards.places.all {
            found.formUnion(
                try await shards.read(shard) { store in
                    wanted.flatMap { selector in
                        store.series(selector).compactMap { store.labels(of: $0, from: from) }
                    }
                }
            )
        }
        return found.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    }

    package func metadata() async -> [String: MetricDescription] { descriptions.all }

    package func cardinality() async -> Cardinality {
        var parts: [Cardinality] = []
        for shard in shards.places.all {
            if let part = try? await shards.read(shard, { $0.cardinality(limit: 10) }) {
                parts.append(part)
            }
        }
        return Cardinality.merged(parts, limit: 10)
    }

    static func selector(_ matchers: [LabelMatcher]) throws(Rejection) -> SeriesSelector {
        do throws(LabelPatternError) {
            return try SeriesSelector(matchers)
        } catch {
            throw Rejection(.badRequest, "A selector's pattern can't be read: \(error).")
        }
    }
}
