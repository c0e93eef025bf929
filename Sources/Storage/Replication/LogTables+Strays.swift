import Hub

/// What a cluster's node has of logs that went another way: it is taken back, kept, and appended
/// again.
extension LogTables {
    /// Records that are appended again at once.
    private static let strayMaximum = 256

    /// Takes back the entries behind a bookmark's, the last first, and makes what follows from the
    /// records anew: rarely needed, and so the simple way.
    func cut(_ partition: Partition, to bookmark: Bookmark) throws(SQLiteFailure) -> Bool {
        let sequence = bookmark.sequence
        let rows = try connection.statement(
            """
            SELECT entries.id, topic, name, first, count FROM entries
            JOIN topics ON topics.id = entries.topic
            WHERE partition = ?1 AND sequence > ?2 ORDER BY sequence
            """
        )
        rows.bind([.int(Int64(partition.number)), .int(Int64(clamping: sequence))])
        let strays = try rows.all { row in
            Cut(
                entry: row.int(0),
                topic: row.int(1),
                name: row.text(2),
                first: row.int(3),
                count: row.int(4)
            )
        }
        // Entries are remembered for a while, and none of a copy that another node has completed.
        guard let last = try self.bookmark(of: partition)?.sequence,
            sequence + UInt64(strays.count) == last
        else { return false }
        for stray in strays { try keep(stray, in: partition) }
        for stray in strays.reversed() {
            guard let topic = try? TopicID(stray.name), var head = try known(topic) else {
                continue
            }
            try takeBack(stray.topic, from: stray.first)
            head.offset = Offset(clamping: stray.first - 1)
            touched[topic] = head
        }
        try connection.statement("DELETE FROM entries WHERE partition = ?1 AND sequence > ?2")
            .execute(.int(Int64(partition.number)), .int(Int64(clamping: sequence)))
        if !strays.isEmpty { try rebuild() }
        try begin(bookmark, in: partition)
        return true
    }

    private struct Cut {
        let entry: Int64
        let topic: Int64
        let name: String
        let first: Int64
        let count: Int64
    }

    /// Those of its records that were not forgotten.
    private func keep(_ stray: Cut, in partition: Partition) throws(SQLiteFailure) {
        try connection.statement(
            """
            INSERT OR IGNORE INTO strays
            SELECT NULL, ?1, ?2, ?3, id, offset, at, author, type, key, payload FROM records
            WHERE topic = ?4 AND offset >= ?5 AND offset < ?6 ORDER BY offset
            """
        ).execute(
            .int(Int64(partition.number)),
            .int(stray.entry),
            .text(stray.name),
            .int(stray.topic),
            .int(stray.first),
            .int(stray.first + stray.count)
        )
    }

    /// What there is of a topic from an offset on goes, and with it the use of its keys: those of
    /// records that were forgotten too, because it may come again.
    func takeBack(_ topic: Int64, from offset: Int64) throws(SQLiteFailure) {
        let keyed = try connection.statement(
            """
            SELECT id, author, key FROM records
            WHERE topic = ?1 AND offset >= ?2 AND key IS NOT NULL
            UNION ALL SELECT id, author, key FROM forgotten WHERE topic = ?1 AND offset >= ?2
            """
        )
        keyed.bind([.int(topic), .int(offset)])
        let free = try connection.statement(
            "DELETE FROM keys WHERE prefix = ?1 AND hash = ?2 AND record = ?3"
        )
        for (record, author, key) in try keyed.all({ ($0.int(0), $0.text(1), $0.text(2)) }) {
            let place = place(of: key, by: author, in: topic)
            try free.execute(.int(place.prefix), .int(place.hash), .int(record))
        }
        for statement in Self.cutting {
            try connection.statement(statement).execute(.int(topic), .int(offset))
        }
    }

    /// What goes of a topic with the records from an offset on.
    static let cutting = [
        // Their records come again and make them again. Those of which nothing is left to come
        // again stay, as snapshots do, unless nothing is left of the topic.
        """
        DELETE FROM versions WHERE topic = ?1 AND offset >= ?2 AND (?2 <= 1 OR id IN (
            SELECT id FROM records WHERE topic = ?1 AND offset >= ?2))
        """,
        "UPDATE versions SET offset = ?2 - 1 WHERE topic = ?1 AND offset >= ?2",
        "DELETE FROM records WHERE topic = ?1 AND offset >= ?2",
        "DELETE FROM forgotten WHERE topic = ?1 AND offset >= ?2",
        "UPDATE topics SET trimmed = min(trimmed, ?2 - 1) WHERE id = ?1",
        // Documents' updates come again and change nothing; their snapshot is all that there is.
        """
        UPDATE snapshots SET offset = min(offset, ?2 - 1) WHERE topic = ?1
            AND topic IN (SELECT topic FROM documents)
        """,
        "DELETE FROM snapshots WHERE topic = ?1 AND offset >= ?2",
        "UPDATE former SET kept = min(kept, ?2 - 1) WHERE topic = ?1",
    ]

    func keep(_ strays: [Entry], in partition: Partition) throws(SQLiteFailure) {
        let insert = try connection.statement(
            """
            INSERT OR IGNORE INTO strays
            VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """
        )
        for stray in strays {
            for record in stray.records {
                try insert.execute(
                    .int(Int64(partition.number)),
                    .int(Int64(bitPattern: stray.id)),
                    .text(stray.topic.text),
                    .int(record.id.number),
                    .int(Int64(clamping: record.offset)),
                    .int(record.at.milliseconds),
                    .text(record.author),
                    .text(record.type),
                    record.key.map { .text($0) } ?? .null,
                    record.isBinary
                        ? .blob(record.payload)
                        : .text(String(decoding: record.payload, as: UTF8.self))
                )
            }
        }
    }

    /// What is archived is no stray any more.
    func forgetStrays(_ records: some Sequence<Record>) throws(SQLiteFailure) {
        let any = try connection.statement("SELECT 1 FROM strays LIMIT 1")
        guard try any.first({ _ in true }) == true else { return }
        for record in records { try forgetStray(record.id) }
    }

    private func forgetStray(_ id: RecordID) throws(SQLiteFailure) {
        try connection.statement("DELETE FROM strays WHERE id = ?1").execute(.int(id.number))
    }

    /// Those whose keys others have used meanwhile are strays no more either.
    func strays(in partition: Partition) throws(SQLiteFailure) -> [Entry] {
        let rows = try connection.statement(
            """
            SELECT id, offset, at, author, type, key, payload, entry, topic FROM strays
            WHERE partition = ?1 ORDER BY number
            """
        )
        rows.bind(Int64(partition.number), at: 1)
        let kept = try rows.all { row in
            (
                record: RecordRow.read(row),
                entry: UInt64(bitPattern: row.int(RecordRow.count)),
                topic: row.text(RecordRow.count + 1)
            )
        }
        var strays: [Entry] = []
        for (record, entry, name) in kept {
            guard let topic = try? TopicID(name), try !isKeyUsed(of: record, in: topic) else {
                try forgetStray(record.id)
                continue
            }
            var records = [record]
            if let last = strays.last, last.id == entry, last.topic == topic,
                last.records.count < Self.strayMaximum
            {
                records = last.records + records
                strays.removeLast()
            }
            strays.append(Entry(id: entry, sequence: 0, topic: topic, records: records))
        }
        return strays
    }

    private func isKeyUsed(of record: Record, in topic: TopicID) throws(SQLiteFailure) -> Bool {
        guard let key = record.key, let head = try known(topic) else { return false }
        let place = place(of: key, by: record.author, in: head.row)
        return try find(key, at: place, by: record.author, in: head.row) != nil
    }
}
