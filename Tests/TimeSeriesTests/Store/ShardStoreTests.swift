import Testing

@testable import TimeSeries

@Suite("A shard's store")
struct ShardStoreTests {
    static let start: Int64 = 1_700_000_400_000

    static func labels(_ number: Int) -> Labels {
        Labels([("__name__", "m"), ("n", "\(number)")])
    }

    static func batch(_ entries: [(Labels, [Sample])]) -> [UInt8] {
        var writer = SampleBatchWriter()
        for (labels, samples) in entries {
            writer.beginSeries(labels)
            for sample in samples { writer.append(sample) }
        }
        return writer.bytes
    }

    private func id(_ store: ShardStore, _ labels: Labels) throws -> SeriesID {
        let matchers = labels.all.map { LabelMatcher($0.name, .equal, $0.value) }
        return try #require(store.series(try SeriesSelector(matchers)).first)
    }

    /// A random batch: mostly in order, some late, some twice, some too old; the steps differ by
    /// series, and so does what is sent.
    private static func randomBatch(
        _ clock: Int64,
        _ random: inout SeededNumbers
    ) -> [(Labels, [Sample])] {
        (0..<Int.random(in: 1...6, using: &random)).map { _ in
            let number = Int.random(in: 0..<5, using: &random)
            let count = Int.random(in: 1...12, using: &random)
            let samples = (0..<count).map { index in
                let step: Int64 = [250, 1000, 15_000, 60_000, 5][number]
                var at = clock + Int64(index) * step
                switch Int.random(in: 0..<20, using: &random) {
                case 0: at -= .random(in: 0...300_000, using: &random)
                case 1: at -= .random(in: 200_000...900_000, using: &random)
                default: break
                }
                let value =
                    Int.random(in: 0..<40, using: &random) == 0
                    ? Sample.staleMarker : Double(Int.random(in: 0..<1000, using: &random))
                return Sample(at: at, value: value)
            }
            return (labels(number), samples)
        }
    }

    @Test("A store holds what a dictionary would", arguments: 1...4 as ClosedRange<UInt64>)
    func model(_ seed: UInt64) throws {
        var random = SeededNumbers(seed)
        var model = StoreModel()
        var stored = StoredSeries(store: ShardStore())
        var clock = Self.start
        for round in 0..<1000 {
            clock += .random(in: 0...30_000, using: &random)
            let entries = Self.randomBatch(clock, &random)
            let decision = stored.store.decide(Self.batch(entries), at: clock)
            if !decision.payload.isEmpty { stored.store.apply(decision.payload) }
            for (labels, samples) in entries {
                for sample in samples where sample.at <= clock + 600_000 {
                    _ = model.take(labels, sample)
                }
            }
            if round % 37 == 0 { stored.storeSome(Int.random(in: 0..<9, using: &random)) }
            if round % 300 == 0 || round == 999 { try compare(stored, model) }
        }
        #expect(stored.archive.count > 20)
        #expect(Set(stored.archive.map(\.sequence)).count == stored.archive.count)
        for tier in [Tier.raw, .tenSeconds, .minute] {
            #expect(stored.archive.contains { $0.tier == tier })
        }
    }

    private func compare(_ stored: StoredSeries, _ model: StoreModel) throws {
        for labels in model.series.keys {
            let id = try id(stored.store, labels)
            #expect(stored.samples(id) == model.samples(labels))
            for tier in Tier.rollups {
                let rows = stored.rows(id, tier)
                #expect(rows == model.rows(labels, tier), "\(labels) \(tier)")
            }
            let last = stored.store.latest(of: [id], since: 0).first?.sample
            #expect(last == model.samples(labels).last)
        }
    }

    @Test("Read again from any snapshot, records make the same store")
    func replay() throws {
        var random = SeededNumbers(11)
        var store = ShardStore()
        var clock = Self.start
        var snapshots: [[UInt8]] = []
        var payloads: [[UInt8]] = []
        for round in 0..<110 {
            // Now and then there is a night, so that series fall idle.
            clock += round % 40 == 39 ? 30_000_000 : .random(in: 0...60_000, using: &random)
            let batch = Self.batch(Self.randomBatch(clock, &random))
            let decision = store.decide(batch, at: clock)
            snapshots.append(store.snapshot())
            payloads.append(
                decision.payload.isEmpty ? store.decideToSweep(at: clock) : decision.payload
            )
            store.apply(payloads[round])
        }
        let end = store.snapshot()
        #expect(store.pendingBlocks > 0)
        for start in snapshots.indices {
            var again = try #require(ShardStore(snapshots[start]))
            for (payload, index) in zip(payloads[start...], start...) {
                again.apply(payload)
                let expected = index + 1 < snapshots.count ? snapshots[index + 1] : end
                if again.snapshot() != expected {
                    Issue.record("The store differs after record \(index), from \(start)")
                    return
                }
            }
        }
    }

    @Test("Each sample is taken, or refused with its reason")
    func reasons() {
        var settings = StoreSettings()
        settings.seriesMaximum = 2
        settings.labelsMaximum = 3
        settings.nameBytesMaximum = 8
        settings.valueBytesMaximum = 10
        var store = ShardStore(settings)
        let now = Self.start
        let many = Labels([("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")])
        let decision = store.decide(
            Self.batch([
                (Self.labels(0), [Sample(at: now, value: 1)]),
                (
                    Self.labels(1),
                    [
                        Sample(at: now + 600_001, value: 1),
                        Sample(at: now - 16 * 86_400_000, value: 1), Sample(at: now, value: 1),
                        Sample(at: now, value: 1), Sample(at: now, value: 2),
                        Sample(at: now - 300_000, value: 1), Sample(at: now - 300_001, value: 1),
                    ]
                ),
                (Self.labels(2), [Sample(at: now, value: 1)]),
            ]),
            at: now
        )
        #expect(decision.accepted == 4)
        #expect(decision.duplicates == 1)
        #expect(decision[.tooFarInFuture] == 1)
        #expect(decision[.outOfBounds] == 1)
        #expect(decision[.tooOld] == 1)
        #expect(decision[.tooManySeries] == 1)
        #expect(decision.refused == 4)
        #expect(!decision.isMalformed)
        #expect(store.seriesCount == 0)
        store.apply(decision.payload)
        #expect(store.seriesCount == 2)

        settings.seriesMaximum = 100
        store = ShardStore(settings)
        let one = [Sample(at: now, value: 1)]
        let limits = store.decide(
            Self.batch([
                (many, one), (Labels([("longer_name", "1")]), one),
                (Labels([("a", "a longer value")]), one), (.empty, one),
                (Labels(canonical: [1, 98, 1, 49, 1, 97, 1, 49]), one),
                (Labels(canonical: [1, 97, 1, 49, 1, 97, 1, 50]), one),
                (Labels(canonical: [1, 97, 0]), one), (Labels(canonical: [1, 97, 9, 49]), one),
                (Labels(canonical: [1, 97, 1, 0xFF]), one),
                (Labels(canonical: [0x81, 0x80, 0, 97, 1, 49]), one),
            ]),
            at: now
        )
        #expect(limits[.labelLimits] == 3)
        #expect(limits[.badLabels] == 7)
        #expect(limits.payload.isEmpty)
    }

    @Test("A batch that is cut short is taken up to the cut")
    func malformed() {
        let store = ShardStore()
        let bytes = Self.batch([
            (Self.labels(0), [Sample(at: Self.start, value: 1)]),
            (Self.labels(1), [Sample(at: Self.start, value: 1)]),
        ])
        let decision = store.decide(bytes.dropLast(), at: Self.start)
        #expect(decision.isMalformed)
        #expect(decision.accepted == 1)
    }

    @Test("Series that came twice, in a batch or in two commands, are one")
    func twice() throws {
        var store = ShardStore()
        let one = Self.batch([
            (Self.labels(0), [Sample(at: Self.start, value: 1)]),
            (Self.labels(0), [Sample(at: Self.start + 1, value: 2)]),
        ])
        let first = store.decide(one, at: Self.start)
        let second = store.decide(one, at: Self.start)
        store.apply(first.payload)
        store.apply(second.payload)
        #expect(store.seriesCount == 1)
        let id = try id(store, Self.labels(0))
        #expect(
            store.openSamples(of: id, from: .min, to: .max).times == [
                Self.start, Self.start + 1,
            ]
        )
    }

    @Test("What is idle is sealed, and what is long gone is forgotten")
    func idle() throws {
        var settings = StoreSettings()
        settings.forgetAfter = 20 * 86_400_000
        var store = ShardStore(settings)
        for number in 0..<40 {
            let samples = (0..<90).map { Sample(at: Self.start + $0 * 1000, value: Double($0)) }
            store.apply(
                store.decide(Self.batch([(Self.labels(number), samples)]), at: Self.start).payload
            )
        }
        let id = try id(store, Self.labels(7))
        #expect(store.openSamples == 3600)
        for _ in 0..<10 { store.apply(store.decideToSweep(at: Self.start + 7 * 3_600_000)) }
        #expect(store.openSamples == 0)
        #expect(store.seriesCount == 40)
        // Ninety seconds: ten rows, two rows, and the hour.
        let blocks = store.pendingBlocks(of: [id], .hour, from: .min, to: .max)
        #expect(blocks.map(\.count) == [1])
        #expect(store.pendingBlocks == 160)
        #expect(store.latest(of: [id], since: 0).first?.sample.value == 89)

        for _ in 0..<10 { store.apply(store.decideToSweep(at: Self.start + 21 * 86_400_000)) }
        #expect(store.seriesCount == 0)
        #expect(store.labels(of: id) == nil)
        // Slots are used again, numbers are not.
        let later = Self.start + 21 * 86_400_000
        let again = Self.batch([(Self.labels(7), [Sample(at: later, value: 1)])])
        store.apply(store.decide(again, at: later).payload)
        let next = try self.id(store, Self.labels(7))
        #expect(next.number == 41)
        #expect(next.slot < 40)
        #expect(ShardStore(store.snapshot(), settings)?.snapshot() == store.snapshot())
    }

    @Test("Who remembers the count of changes learns only what has changed since")
    func changes() throws {
        var store = ShardStore()
        func send(_ number: Int, _ at: Int64, _ value: Double) {
            let batch = Self.batch([(Self.labels(number), [Sample(at: at, value: value)])])
            store.apply(store.decide(batch, at: Self.start).payload)
        }
        send(0, Self.start, 1)
        send(1, Self.start, 2)
        let ids = [try id(store, Self.labels(0)), try id(store, Self.labels(1))]
        #expect(store.latest(of: ids, since: 0).map(\.sample.value) == [1, 2])
        let seen = store.changes
        let series = store.seriesChangedAt
        #expect(store.latest(of: ids, since: seen).isEmpty)
        send(1, Self.start + 1, 3)
        send(0, Self.start - 1, 9)
        #expect(store.latest(of: ids, since: seen).map(\.sample.value) == [3])
        send(0, Self.start, 7)
        #expect(store.latest(of: ids, since: seen).map(\.sample.value) == [7, 3])
        #expect(store.seriesChangedAt == series)
        send(2, Self.start, 1)
        #expect(store.seriesChangedAt > series)
    }
}
