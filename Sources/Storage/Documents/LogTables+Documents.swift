import Hub

/// What documents need of the log's tables: their records are forgotten once a snapshot holds what
/// they did, and their versions are kept beside it.
extension LogTables {
    /// Forgets records up to the offset, as far as the stored snapshot covers them.
    func trim(_ topic: TopicID, upTo offset: Offset) throws(SQLiteFailure) {
        let head = try head(of: topic)
        let stored = try connection.statement("SELECT offset FROM snapshots WHERE topic = ?1")
        stored.bind(head.row, at: 1)
        let covered = try stored.first { Offset(clamping: $0.int(0)) } ?? 0
        let end = Int64(clamping: min(offset, covered, head.offset))
        guard end > 0 else { return }
        let keyed = try connection.statement("""
            SELECT id, author, key FROM records
            WHERE topic = ?1 AND offset <= ?2 AND key IS NOT NULL
            """)
        keyed.bind([.int(head.row), .int(end)])
        let keys = try keyed.all { (id: $0.int(0), author: $0.text(1), key: $0.text(2)) }
        let places = keys.map { (place(of: $0.key, by: $0.author, in: head.row), $0.id) }
        try connection.statement(
            "DELETE FROM keys WHERE prefix = ?1 AND hash = ?2 AND record = ?3"
        ).executeEach(places) { [.int($0.0.prefix), .int($0.0.hash), .int($0.1)] }
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
    }

    /// Stores a version; of those without a name only the newest stay.
    func save(
        _ version: DocumentVersion,
        of topic: TopicID,
        keeping count: Int
    ) throws(SQLiteFailure) {
        let head = try head(of: topic)
        try connection.statement(
            "INSERT OR REPLACE INTO versions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ).execute(
                .int(version.id.number),
                .int(head.row),
                .text(version.name),
                .int(version.at.milliseconds),
                .text(version.author),
                .int(Int64(clamping: version.offset)),
                .blob(version.state)
            )
        try connection.statement("""
            DELETE FROM versions WHERE topic = ?1 AND name IS NULL AND id NOT IN (
                SELECT id FROM versions WHERE topic = ?1 AND name IS NULL
                ORDER BY id DESC LIMIT ?2)
            """).execute(.int(head.row), .int(Int64(count)))
    }

    /// Whether there was one.
    func removeVersions(of topic: TopicID, _ id: RecordID?) throws(SQLiteFailure) -> Bool {
        let head = try head(of: topic)
        let remove = try connection.statement("""
            DELETE FROM versions WHERE topic = ?1 AND (?2 IS NULL OR id = ?2) RETURNING id
            """)
        remove.bind([.int(head.row), .int(id?.number)])
        return try !remove.all { $0.int(0) }.isEmpty
    }
}
