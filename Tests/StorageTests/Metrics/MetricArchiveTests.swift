import Hub
import Storage
import Testing
import TimeSeries

@Suite("Blocks of samples")
struct MetricArchiveTests {
    private static func block(_ sequence: UInt64, _ series: UInt64, at start: Int64) -> SealedBlock
    {
        SealedBlock(
            sequence: sequence,
            series: series,
            tier: .raw,
            stands: .tenSeconds,
            start: start,
            end: start + 900,
            count: 10,
            bytes: [UInt8(truncatingIfNeeded: sequence), 0, 255]
        )
    }

    private static let blocks = (0..<20).map {
        block(UInt64($0), UInt64($0 % 2), at: Int64($0 / 2) * 1000)
    }

    @Test("Blocks are read by series and span, as the twin in memory reads them")
    func reading() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        let twin = InMemoryMetricArchive()
        for archive in [store.metrics, twin] as [any MetricArchive] {
            try await archive.store(Self.blocks, of: 3)
            // What is stored again after a crash is there once.
            try await archive.store(Array(Self.blocks.prefix(5)), of: 3)
            let found = try await archive.blocks(
                of: 3,
                series: [1],
                tier: .raw,
                from: 2900,
                to: 5000
            )
            #expect(found.map(\.start) == [2000, 3000, 4000, 5000])
            #expect(found.map(\.bytes) == found.map { [UInt8($0.sequence), 0, 255] })
            let rolled = try await archive.blocks(
                of: 3,
                series: [0],
                tier: .tenSeconds,
                from: 0,
                to: 900
            )
            #expect(rolled.map(\.sequence) == [0])
            let minutes = try await archive.blocks(
                of: 3,
                series: [0, 1],
                tier: .minute,
                from: 0,
                to: 99_000
            )
            #expect(minutes.isEmpty)
        }
        await store.close()
    }

    @Test("Blocks that are kept no longer are removed, so many at a time")
    func removing() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path)
        try await store.metrics.store(Self.blocks, of: 0)
        let moments: [Tier: Int64] = [.raw: .max, .tenSeconds: 5000]
        #expect(try await store.metrics.removeBlocks(endedBefore: moments, limit: 6) == 6)
        #expect(try await store.metrics.removeBlocks(endedBefore: moments, limit: 6) == 4)
        #expect(try await store.metrics.removeBlocks(endedBefore: moments, limit: 6) == 0)
        let left = try await store.metrics.blocks(
            of: 0,
            series: [0, 1],
            tier: .raw,
            from: 0,
            to: .max
        )
        #expect(left.count == 10)
        await store.close()
    }
}
