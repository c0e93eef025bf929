import TimeSeries

/// The series that a view shows, numbered in the order in which they came, and how far each shard
/// has been looked at.
struct WatchedSeries: Sendable {
    private struct Place: Sendable {
        /// The shard's count of changes that was seen, and that at which series were selected.
        var changes: UInt64 = 0
        var selectedAt: UInt64?
        var series: [SeriesID] = []
    }

    private struct Glance: Sendable {
        let changes: UInt64
        let selectedAt: UInt64
        let series: [SeriesID]?
        let labels: [Labels]
        let latest: [(series: SeriesID, sample: Sample)]
    }

    let selector: SeriesSelector
    private let maximum: Int
    private var places: [Int: Place] = [:]
    private var numbers: [Labels: Int] = [:]
    private var labels: [Labels] = []
    private var numberOf: [Int: [SeriesID: Int]] = [:]
    /// Series that a snapshot has numbered: who has joined before is yet to be told of them.
    private var unannounced: [Int] = []

    init(_ selector: SeriesSelector, maximum: Int) {
        self.selector = selector
        self.maximum = maximum
    }

    /// The news that was there when it was looked last.
    private(set) var seenNews: SampleNews.Counts?

    /// The shards of the series that are known; all while none is.
    func shards(of all: ShardPlaces) -> Set<Int> {
        let known = Set(places.filter { !$0.value.series.isEmpty }.keys)
        return known.isEmpty ? Set(all.all) : known
    }

    /// What has changed since the last look.
    ///
    /// - Parameter all: Looks also at shards that no news came from: samples may have come there
    ///   by another way.
    mutating func look(at shards: MetricShards, all: Bool) async throws(Rejection) -> StreamUpdate {
        var update = StreamUpdate()
        swap(&update.added, &unannounced)
        let news = shards.news.counts
        for shard in shards.places.all {
            if !all, let seenNews, seenNews[shard] == news[shard] { continue }
            let place = places[shard] ?? Place()
            let glance = try await shards.read(shard) { [selector] store in
                Self.glance(at: store, selector, place)
            }
            if let series = glance.series {
                for (id, labels) in zip(series, glance.labels) {
                    guard let number = number(of: labels, &update.added) else { continue }
                    numberOf[shard, default: [:]][id] = number
                }
                places[shard, default: Place()].series = series
            }
            places[shard, default: Place()].changes = glance.changes
            places[shard, default: Place()].selectedAt = glance.selectedAt
            for (id, sample) in glance.latest {
                guard let number = numberOf[shard]?[id] else { continue }
                // Several nodes' shards may have the series.
                if let other = update.samples[number], other.at > sample.at { continue }
                update.samples[number] = sample
            }
        }
        seenNews = news
        return update
    }

    private static func glance(
        at store: borrowing ShardStore,
        _ selector: SeriesSelector,
        _ place: Place
    ) -> Glance {
        let isKnown = place.selectedAt.map { $0 >= store.seriesChangedAt } ?? false
        let series = isKnown ? place.series : store.series(selector)
        return Glance(
            changes: store.changes,
            selectedAt: store.seriesChangedAt,
            series: isKnown ? nil : series,
            labels: isKnown ? [] : series.map { store.labels(of: $0) ?? .empty },
            latest: store.latest(of: series, since: place.changes)
        )
    }

    /// Nil past the bound.
    private mutating func number(of labels: Labels, _ added: inout [Int]) -> Int? {
        if let number = numbers[labels] { return number }
        guard self.labels.count < maximum else { return nil }
        let number = self.labels.count
        numbers[labels] = number
        self.labels.append(labels)
        added.append(number)
        return number
    }

    // MARK: As members see it

    /// `{"until":ms,"series":[{"id":0,"labels":{…},"times":[…],"values":[…]},…]}`
    mutating func describe(_ found: [SeriesColumns], until: Int64, points: Int) -> [UInt8] {
        var columns: [Int: SeriesColumns] = [:]
        var added: [Int] = []
        for series in found {
            if let number = number(of: series.labels, &added) { columns[number] = series }
        }
        unannounced += added
        var list: [JSON] = []
        for (number, labels) in labels.enumerated() {
            let thinned = columns[number].map { $0.thinned(to: points) }
            let columns = thinned ?? SeriesColumns(labels: labels)
            list.append(
                .object([JSON.Member("id", .int(Int64(number)))] + Self.members(of: columns))
            )
        }
        let state: JSON = ["until": .int(until), "series": .array(list)]
        return state.encoded()
    }

    /// `{"at":ms,"from":ms,"samples":[[id,ms,value],…],"added":[{"id":…,"labels":{…}}]}`; `from` is
    /// the `at` of the update before.
    func encode(_ update: StreamUpdate, at: Timestamp, from: Timestamp) -> [UInt8] {
        let data: JSON = [
            "at": .int(at.milliseconds), "from": .int(from.milliseconds),
            "samples": .array(
                update.samples.sorted { $0.key < $1.key }.map { number, sample in
                    .array([.int(Int64(number)), .int(sample.at), Self.describe(sample.value)])
                }
            ),
            "added": .array(
                update.added.map {
                    ["id": .int(Int64($0)), "labels": Self.describe(labels[$0])]
                }
            ),
        ]
        return data.encoded()
    }

    /// `"labels":{…},"times":[…],"values":[…]`
    static func members(of series: SeriesColumns) -> [JSON.Member] {
        [
            JSON.Member("labels", describe(series.labels)),
            JSON.Member("times", .array(series.times.map { .int($0) })),
            JSON.Member("values", .array(series.values.map(describe))),
        ]
    }

    private static func describe(_ labels: Labels) -> JSON {
        .object(labels.all.map { JSON.Member($0.name, .string($0.value)) })
    }

    /// JSON has no NaN and no infinity: those are gaps.
    private static func describe(_ value: Double) -> JSON {
        value.isFinite ? .double(value) : .null
    }
}
