import Hub

/// What documents need of the log's tables: their records are forgotten once a snapshot holds what
/// they did.
extension LogTables {
    /// Forgets records up to the offset, as far as the stored snapshot covers them. Of those with a
    /// key a row without payload stays.
    func trim(_ topic: TopicID, upTo offset: Offset) throws(SQLiteFailure) {
        let head = try head(of: topic)
        let stored = try connection.statement("SELECT offset FROM snapshots WHERE topic = ?1")
        stored.bind(head.row, at: 1)
        let covered = try stored.first { Offset(clamping: $0.int(0)) } ?? 0
        let needed = try firstNeeded(of: head.row) ?? .max
        let end = Int64(clamping: min(offset, covered, head.offset, needed - 1))
        guard end > 0 else { return }
        try connection.statement(
            """
            INSERT OR IGNORE INTO forgotten
            SELECT topic, id, offset, at, author, type, key FROM records
            WHERE topic = ?1 AND offset <= ?2 AND key IS NOT NULL
            """
        ).execute(.int(head.row), .int(end))
        try connection.statement("DELETE FROM records WHERE topic = ?1 AND offset <= ?2")
            .execute(.int(head.row), .int(end))
        try connection.statement("UPDATE topics SET trimmed = max(trimmed, ?2) WHERE id = ?1")
            .execute(.int(head.row), .int(end))
    }

    /// Makes a snapshot all that there is of a topic without records: what an import of a trimmed
    /// topic begins with.
    func begin(_ topic: TopicID, with snapshot: Snapshot) throws(SQLiteFailure) {
        var head = try head(of: topic)
        guard head.offset == 0 else { return }
        try save(snapshot, of: topic)
        try connection.statement("UPDATE topics SET trimmed = ?2 WHERE id = ?1")
            .execute(.int(head.row), .int(Int64(clamping: snapshot.offset)))
        head.offset = snapshot.offset
        touched[topic] = head
        // The document's row, which its records would have made.
        guard topic.kind == .doc, let log = DocumentLog(topic: topic, snapshot: snapshot.state)
        else { return }
        try DocumentProjection.insert(log, head.row, connection)
    }

    /// Makes the keys of forgotten records used, in a topic that began with the snapshot that
    /// stands for them.
    func remember(_ records: [Record], in topic: TopicID) throws(SQLiteFailure) {
        let row = try head(of: topic).row
        let stored = try connection.statement("SELECT trimmed FROM topics WHERE id = ?1")
        stored.bind(row, at: 1)
        let trimmed = try stored.first { Offset(clamping: $0.int(0)) } ?? 0
        let insertKey = try connection.statement("INSERT INTO keys VALUES (?1, ?2, ?3)")
        let insert = try connection.statement(
            "INSERT OR IGNORE INTO forgotten VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        )
        for record in records where record.offset <= trimmed {
            guard let key = record.key else { continue }
            let place = place(of: key, by: record.author, in: row)
            guard try find(key, at: place, by: record.author, in: row) == nil else { continue }
            try insertKey.execute(.int(place.prefix), .int(place.hash), .int(record.id.number))
            try insert.execute(
                .int(row),
                .int(record.id.number),
                .int(Int64(clamping: record.offset)),
                .int(record.at.milliseconds),
                .text(record.author),
                .text(record.type),
                .text(key)
            )
        }
    }
}
