import Hub

/// How entries are read: from their rows, with the records that they name.
enum EntryRow {
    private struct Row {
        let sequence: UInt64
        let id: UInt64
        let topic: Int64
        let name: String
        let first: Int64
        let count: Int64
    }

    /// An entry whose records were forgotten is left out, and so are those before it.
    static func read(
        _ connection: Connection,
        _ partition: Partition,
        after sequence: UInt64,
        limit: Int
    ) throws(SQLiteFailure) -> [Entry] {
        let rows = try connection.statement(
            """
            SELECT sequence, entries.id, topic, name, first, count FROM entries
            JOIN topics ON topics.id = entries.topic
            WHERE partition = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3
            """
        )
        rows.bind([
            .int(Int64(partition.number)), .int(Int64(clamping: sequence)), .int(Int64(limit)),
        ])
        let found = try rows.all { row in
            Row(
                sequence: UInt64(clamping: row.int(0)),
                id: UInt64(bitPattern: row.int(1)),
                topic: row.int(2),
                name: row.text(3),
                first: row.int(4),
                count: row.int(5)
            )
        }
        let records = try connection.statement(
            """
            SELECT \(RecordRow.columns) FROM records
            WHERE topic = ?1 AND offset >= ?2 AND offset < ?3 ORDER BY offset
            """
        )
        var entries: [Entry] = []
        for row in found {
            guard let topic = try? TopicID(row.name) else { continue }
            records.bind([.int(row.topic), .int(row.first), .int(row.first + row.count)])
            let stored = try records.all(RecordRow.read)
            guard stored.count == Int(row.count) else {
                entries = []
                continue
            }
            entries.append(
                Entry(id: row.id, sequence: row.sequence, topic: topic, records: stored)
            )
        }
        return entries
    }
}
