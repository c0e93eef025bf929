import Synchronization
import TimeSeries

/// The archive of tests, and of hubs that keep nothing.
package final class InMemoryMetricArchive: MetricArchive {
    private struct Key: Hashable {
        let shard: Int
        let sequence: UInt64
    }

    private let stored = Mutex<[Key: SealedBlock]>([:])

    package init() {}

    package var count: Int { stored.withLock { $0.count } }

    package func store(_ blocks: [SealedBlock], of shard: Int) async throws(JournalError) {
        stored.withLock { stored in
            for block in blocks {
                stored[Key(shard: shard, sequence: block.sequence)] = block
            }
        }
    }

    package func blocks(
        of shard: Int,
        series: [UInt64],
        tier: Tier,
        from start: Int64,
        to end: Int64
    ) async throws(JournalError) -> [SealedBlock] {
        let wanted = Set(series)
        return stored.withLock { stored in
            stored.filter { key, block in
                key.shard == shard && wanted.contains(block.series) && block.serves(tier)
                    && block.end >= start && block.start <= end
            }
            .values.sorted { ($0.series, $0.sequence) < ($1.series, $1.sequence) }
        }
    }

    package func removeBlocks(
        endedBefore moments: [Tier: Int64],
        limit: Int
    ) async throws(JournalError) -> Int {
        stored.withLock { stored in
            let over = stored.filter { $0.value.end < moments[$0.value.stands] ?? .min }
                .prefix(limit)
            for key in over.map(\.key) { stored[key] = nil }
            return over.count
        }
    }
}
