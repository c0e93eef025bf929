import Hub
import TimeSeries

/// Blocks of samples in SQLite.
package final class SQLiteMetricArchive: MetricArchive {
    private let queue: WriteQueue
    private let readers: Readers

    init(queue: WriteQueue, readers: Readers) {
        self.queue = queue
        self.readers = readers
    }

    package func store(_ blocks: [SealedBlock], of shard: Int) async throws(JournalError) {
        try await queue.ask { .storeBlocks(blocks, shard: shard, $0) }
    }

    package func blocks(
        of shard: Int,
        series: [UInt64],
        tier: Tier,
        from start: Int64,
        to end: Int64
    ) async throws(JournalError) -> [SealedBlock] {
        try await readers.ask { connection throws(SQLiteFailure) in
            var found: [SealedBlock] = []
            for number in series {
                if tier != .raw {
                    found += try Self.read(connection, shard, number, .raw, tier, start, end)
                }
                found += try Self.read(connection, shard, number, tier, tier, start, end)
            }
            return found
        }
    }

    /// Blocks of one tier, which don't overlap, up to the first that begins after the span.
    private static func read(
        _ connection: Connection,
        _ shard: Int,
        _ series: UInt64,
        _ tier: Tier,
        _ stands: Tier,
        _ start: Int64,
        _ end: Int64
    ) throws(SQLiteFailure) -> [SealedBlock] {
        let rows = try connection.statement(
            """
            SELECT sequence, tier, stands, start, "end", count, data FROM blocks
            WHERE shard = ?1 AND series = ?2 AND tier = ?3 AND "end" >= ?4
            ORDER BY "end", sequence
            """
        )
        rows.bind([
            .int(Int64(shard)), .int(Int64(bitPattern: series)), .int(Int64(tier.rawValue)),
            .int(start),
        ])
        var found: [SealedBlock] = []
        try rows.visit { row throws(SQLiteFailure) in
            guard row.int(3) <= end else { return false }
            if let block = read(row, of: series), block.stands >= stands { found.append(block) }
            return true
        }
        return found
    }

    package func removeBlocks(
        endedBefore moments: [Tier: Int64],
        limit: Int
    ) async throws(JournalError) -> Int {
        try await queue.ask { .removeBlocks(endedBefore: moments, limit: limit, $0) }
    }

    /// Nil for a row that a later version wrote.
    static func read(_ row: PreparedStatement, of series: UInt64) -> SealedBlock? {
        guard let tier = Tier(rawValue: UInt8(truncatingIfNeeded: row.int(1))),
            let stands = Tier(rawValue: UInt8(truncatingIfNeeded: row.int(2)))
        else { return nil }
        return SealedBlock(
            sequence: UInt64(bitPattern: row.int(0)),
            series: series,
            tier: tier,
            stands: stands,
            start: row.int(3),
            end: row.int(4),
            count: Int(row.int(5)),
            bytes: row.bytes(6)
        )
    }
}
