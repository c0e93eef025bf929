import Hub

/// The table of items: how much there is of each. One row is written per item and commit, whatever
/// the number of its records, as each of them says how much there is behind it.
final class StockProjection: Projection {
    private struct Row {
        let sku: String
        var level: StockLevel
        var version: Offset
        var lowStock: Int64?
        var at: Timestamp
    }

    private let upsert: PreparedStatement
    private let empty: PreparedStatement
    private var rows: [Int64: Row] = [:]

    init(_ connection: Connection) throws(SQLiteFailure) {
        upsert = try connection.statement(
            """
            INSERT INTO stock VALUES (?1, ?2, ?3, ?4, ?5, coalesce(?6, 0), ?7, ?8)
            ON CONFLICT (topic) DO UPDATE SET
                on_hand = excluded.on_hand, reserved = excluded.reserved,
                version = excluded.version, low_stock = coalesce(?6, low_stock),
                next_expiry = excluded.next_expiry, updated_at = excluded.updated_at
            """
        )
        empty = try connection.statement("DELETE FROM stock")
    }

    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure) {
        guard topic.kind == .item,
            let event = event as? StockEvent
                ?? StockEvent(type: record.type, payload: record.payload)
        else { return }
        var entry =
            rows[row]
            ?? Row(
                sku: String(topic.name),
                level: event.level,
                version: record.offset,
                at: record.at
            )
        entry.level = event.level
        entry.version = record.offset
        entry.at = record.at
        if case .thresholdSet(let threshold) = event.change { entry.lowStock = threshold }
        rows[row] = entry
    }

    func flush() throws(SQLiteFailure) {
        for (row, entry) in rows {
            upsert.bind(row, at: 1)
            upsert.bind(entry.sku, at: 2)
            upsert.bind(entry.level.onHand, at: 3)
            upsert.bind(entry.level.reserved, at: 4)
            upsert.bind(Int64(clamping: entry.version), at: 5)
            upsert.bind(entry.lowStock, at: 6)
            upsert.bind(entry.level.nextExpiry?.milliseconds, at: 7)
            upsert.bind(entry.at.milliseconds, at: 8)
            try upsert.execute()
        }
        reset()
    }

    func reset() {
        rows.removeAll(keepingCapacity: true)
    }

    func clear() throws(SQLiteFailure) {
        try empty.execute()
    }
}
