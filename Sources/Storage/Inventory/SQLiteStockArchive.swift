import Hub

/// Lists of items in SQLite.
package final class SQLiteStockArchive: StockArchive {
    private let readers: Readers

    init(readers: Readers) {
        self.readers = readers
    }

    package func items(
        after: String?,
        limit: Int
    ) async throws(JournalError) -> [StockSummary] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT sku, on_hand, reserved, version, low_stock, updated_at FROM stock
                WHERE sku > ?1 ORDER BY sku LIMIT ?2
                """
            )
            rows.bind([.text(after ?? ""), .int(Int64(limit))])
            return try rows.all { row in
                StockSummary(
                    sku: row.text(0),
                    onHand: row.int(1),
                    reserved: row.int(2),
                    version: row.int(3),
                    lowStock: row.int(4),
                    updatedAt: Timestamp(milliseconds: row.int(5))
                )
            }
        }
    }

    package func dueItems(
        at time: Timestamp,
        limit: Int
    ) async throws(JournalError) -> [TopicID] {
        let skus = try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT sku FROM stock WHERE next_expiry <= ?1 ORDER BY next_expiry, sku LIMIT ?2
                """
            )
            rows.bind([.int(time.milliseconds), .int(Int64(limit))])
            return try rows.all { $0.text(0) }
        }
        return skus.compactMap { try? TopicID(.item, $0) }
    }
}
