import Hub
import TimeSeries

/// What metric streams need of the tables: blocks of samples beside the log that they came from.
extension LogTables {
    func store(_ blocks: [SealedBlock], of shard: Int) throws(SQLiteFailure) {
        let insert = try connection.statement(
            """
            INSERT OR IGNORE INTO blocks (
                shard, sequence, series, tier, stands, start, "end", count, data
            ) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """
        )
        for block in blocks {
            insert.bind(Int64(shard), at: 1)
            insert.bind(Int64(bitPattern: block.sequence), at: 2)
            insert.bind(Int64(bitPattern: block.series), at: 3)
            insert.bind(Int64(block.tier.rawValue), at: 4)
            insert.bind(Int64(block.stands.rawValue), at: 5)
            insert.bind(block.start, at: 6)
            insert.bind(block.end, at: 7)
            insert.bind(Int64(block.count), at: 8)
            insert.bind(blob: block.bytes, at: 9)
            try insert.execute()
        }
    }

    func removeBlocks(
        endedBefore moments: [Tier: Int64],
        limit: Int
    ) throws(SQLiteFailure) -> Int {
        let remove = try connection.statement(
            """
            DELETE FROM blocks WHERE id IN (
                SELECT id FROM blocks WHERE stands = ?1 AND "end" < ?2 LIMIT ?3
            ) RETURNING id
            """
        )
        var count = 0
        for (tier, moment) in moments where count < limit {
            remove.bind([
                .int(Int64(tier.rawValue)), .int(moment), .int(Int64(limit - count)),
            ])
            count += try remove.all { $0.int(0) }.count
        }
        return count
    }
}
