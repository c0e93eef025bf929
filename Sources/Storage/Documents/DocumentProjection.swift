import Hub

/// The table of documents: what lists show of them.
///
/// It outlives the records that it was made of, which are forgotten once a snapshot holds what they
/// did. Made anew, a row begins with what the snapshot says.
final class DocumentProjection: Projection {
    private struct Row {
        var name: String
        var title: String?
        var firstAt: Timestamp
        var firstBy: String
        var lastAt: Timestamp
        var lastBy: String
        var updates: Int64
        var deletedAt: Timestamp?
        /// It was deleted, and what came first then is its beginning.
        var isAnew = false
    }

    private let connection: Connection
    private let upsert: PreparedStatement
    private var rows: [Int64: Row] = [:]
    /// Up to there a row that was made anew knows of a topic's records already.
    private var covered: [Int64: Offset] = [:]

    init(_ connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        upsert = try connection.statement(
            """
            INSERT INTO documents VALUES (?1, ?2, coalesce(?3, ''), ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (topic) DO UPDATE SET
                title = coalesce(?3, title),
                created_at = iif(?10 OR deleted_at IS NOT NULL, ?4, created_at),
                created_by = iif(?10 OR deleted_at IS NOT NULL, ?5, created_by),
                updated_at = ?6,
                updated_by = ?7,
                updates = updates + ?8,
                deleted_at = ?9
            """
        )
    }

    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure) {
        guard topic.kind == .doc, !DocumentEvent.isAboutVersions(record.type) else { return }
        if let known = covered[row], record.offset <= known { return }
        var entry =
            rows[row]
            ?? Row(
                name: String(topic.name),
                firstAt: record.at,
                firstBy: record.author,
                lastAt: record.at,
                lastBy: record.author,
                updates: 0
            )
        if entry.deletedAt != nil {
            entry.isAnew = true
            (entry.firstAt, entry.firstBy) = (record.at, record.author)
        }
        (entry.lastAt, entry.lastBy) = (record.at, record.author)
        entry.deletedAt = nil
        switch record.type {
        case DocumentEvent.updateType: entry.updates += 1
        case DocumentEvent.deletionType:
            entry.title = ""
            entry.deletedAt = record.at
        default:
            if let title = DocumentEvent(type: record.type, payload: record.payload)?.title {
                entry.title = title
            }
        }
        rows[row] = entry
    }

    func flush() throws(SQLiteFailure) {
        for (row, entry) in rows {
            upsert.bind([
                .int(row), .text(entry.name), .text(entry.title),
                .int(entry.firstAt.milliseconds), .text(entry.firstBy),
                .int(entry.lastAt.milliseconds), .text(entry.lastBy), .int(entry.updates),
                .int(entry.deletedAt?.milliseconds), .int(entry.isAnew ? 1 : 0),
            ])
            try upsert.execute()
        }
        rows.removeAll(keepingCapacity: true)
    }

    func reset() {
        rows.removeAll(keepingCapacity: true)
    }

    func clear() throws(SQLiteFailure) {
        covered = [:]
        try connection.execute(
            "DELETE FROM documents WHERE topic NOT IN (SELECT id FROM topics WHERE trimmed > 0)"
        )
        let trimmed = try connection.statement(
            """
            SELECT topics.id, name, snapshots.offset, state FROM topics
            LEFT JOIN snapshots ON snapshots.topic = topics.id WHERE trimmed > 0
            """
        )
        try trimmed.visit { stored throws(SQLiteFailure) in
            let row = stored.int(0)
            guard let topic = try? TopicID(stored.text(1)), topic.kind == .doc,
                let log = DocumentLog(topic: topic, snapshot: stored.bytes(3))
            else {
                // Nothing says what it was: the row stays as it is.
                covered[row] = .max
                return true
            }
            covered[row] = Offset(clamping: stored.int(2))
            try connection.statement("DELETE FROM documents WHERE topic = ?1").execute(.int(row))
            try Self.insert(log, row, connection)
            return true
        }
    }

    /// The row of a document of which a snapshot tells; none when nothing has happened in it.
    static func insert(
        _ log: DocumentLog,
        _ row: Int64,
        _ connection: Connection
    ) throws(SQLiteFailure) {
        guard let summary = log.summary else { return }
        try connection.statement(
            "INSERT OR IGNORE INTO documents VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ).execute(
            .int(row),
            .text(summary.name),
            .text(summary.title),
            .int(summary.createdAt.milliseconds),
            .text(summary.createdBy),
            .int(summary.updatedAt.milliseconds),
            .text(summary.updatedBy),
            .int(summary.updates),
            log.isDeleted ? .int(summary.updatedAt.milliseconds) : .null
        )
    }
}
