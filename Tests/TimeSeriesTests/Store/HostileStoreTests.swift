import Testing

@testable import TimeSeries

@Suite("Bytes that are no store's")
struct HostileStoreTests {
    private static func filled() -> ShardStore {
        var store = ShardStore()
        for round in 0..<700 as Range<Int64> {
            let now = ShardStoreTests.start + round * 1000
            let batch = ShardStoreTests.batch(
                (0..<3).map {
                    (ShardStoreTests.labels($0), [Sample(at: now, value: Double(round))])
                }
                    + [(ShardStoreTests.labels(0), [Sample(at: now - 2500, value: 3)])]
            )
            store.apply(store.decide(batch, at: now).payload)
        }
        return store
    }

    private static func torn(_ bytes: [UInt8], _ random: inout SeededNumbers) -> [UInt8] {
        var torn = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            torn[Int.random(in: 0..<torn.count, using: &random)] =
                UInt8.random(in: 0...255, using: &random)
        }
        if Bool.random(using: &random) {
            torn.removeLast(Int.random(in: 0..<torn.count, using: &random))
        }
        return torn
    }

    /// Does to a store all that its bytes take part in.
    private static func use(_ store: ShardStore) throws {
        var store = store
        let all = try SeriesSelector([LabelMatcher("n", .matches, ".*")])
        _ = store.select(all, from: .min, to: .max)
        for tier in Tier.rollups { _ = store.selectRows(all, tier, from: .min, to: .max) }
        let now = ShardStoreTests.start + 800_000
        let batch = ShardStoreTests.batch(
            (0..<4).map { (ShardStoreTests.labels($0), [Sample(at: now, value: 1)]) }
        )
        store.apply(store.decide(batch, at: now).payload)
        store.apply(store.decideToSweep(at: now + 100_000_000))
        _ = store.cardinality(limit: 10)
    }

    @Test("A torn snapshot is refused, or a store that can be used")
    func snapshots() throws {
        let bytes = Self.filled().snapshot()
        var random = SeededNumbers(21)
        var read = 0
        for _ in 0..<400 {
            guard let store = ShardStore(Self.torn(bytes, &random)) else { continue }
            read += 1
            try Self.use(store)
        }
        #expect(read > 0)
        for end in stride(from: 0, to: bytes.count, by: 97) {
            #expect(ShardStore(Array(bytes[..<end])) == nil)
        }
        #expect(ShardStore(bytes)?.snapshot() == bytes)
    }

    @Test("A torn payload is refused, or samples")
    func payloads() throws {
        let store = Self.filled()
        let now = ShardStoreTests.start + 701_000
        let payload = store.decide(
            ShardStoreTests.batch(
                (0..<9).map {
                    let samples = [Sample(at: now, value: 1), Sample(at: now + 5, value: 2)]
                    return (ShardStoreTests.labels($0), $0 % 2 == 0 ? samples : [samples[0]])
                }
            ),
            at: now
        ).payload
        var random = SeededNumbers(22)
        var taken = 0
        for _ in 0..<100 {
            var copy = store
            if copy.apply(Self.torn(payload, &random)) { taken += 1 }
            try Self.use(copy)
        }
        #expect(taken > 0 && taken < 100)
    }

    @Test("A torn batch is taken up to the tear, if at all")
    func batches() {
        var store = ShardStore()
        let bytes = ShardStoreTests.batch(
            (0..<5).map {
                (ShardStoreTests.labels($0), [Sample(at: ShardStoreTests.start, value: 1)])
            }
        )
        var random = SeededNumbers(23)
        var malformed = 0
        for _ in 0..<1000 {
            let decision = store.decide(Self.torn(bytes, &random), at: ShardStoreTests.start)
            if decision.isMalformed { malformed += 1 }
            if !decision.payload.isEmpty { store.apply(decision.payload) }
        }
        #expect(malformed > 0)
    }
}
