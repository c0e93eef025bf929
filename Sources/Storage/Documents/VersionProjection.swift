import Hub

/// The table of versions. Their states are made later; a row that is made anew keeps its own.
///
/// It outlives the records that it was made of, as the table of documents does.
final class VersionProjection: Projection {
    private let connection: Connection
    /// Whether a topic has a document, as far as this transaction's records have said.
    private var isAlive: [Int64: Bool] = [:]

    init(_ connection: Connection) {
        self.connection = connection
    }

    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure) {
        guard topic.kind == .doc else { return }
        switch record.type {
        case DocumentEvent.versionSavingType:
            // One that comes behind a deletion is none.
            guard try isAlive(row), let version = DocumentVersion(record) else { return }
            try Self.insert(version, in: row, connection)
            if version.name == nil { try forgetOutdated(row) }
        case DocumentEvent.versionRemovalType:
            let event = DocumentEvent(type: record.type, payload: record.payload)
            guard case .versionRemoved(let id) = event else { return }
            try connection.statement("DELETE FROM versions WHERE id = ?1 AND topic = ?2")
                .execute(.int(id.number), .int(row))
        case DocumentEvent.deletionType:
            // In the same transaction: they can't stay behind.
            isAlive[row] = false
            try connection.statement("DELETE FROM versions WHERE topic = ?1 AND offset <= ?2")
                .execute(.int(row), .int(Int64(clamping: record.offset)))
        default: isAlive[row] = true
        }
    }

    private func isAlive(_ row: Int64) throws(SQLiteFailure) -> Bool {
        if let known = isAlive[row] { return known }
        let stored = try connection.statement(
            "SELECT 1 FROM documents WHERE topic = ?1 AND deleted_at IS NULL"
        )
        stored.bind(row, at: 1)
        return try stored.first { _ in true } ?? false
    }

    /// Without its state; one that is there keeps its own.
    static func insert(
        _ version: DocumentVersion,
        in row: Int64,
        _ connection: Connection
    ) throws(SQLiteFailure) {
        try connection.statement(
            """
            INSERT INTO versions VALUES (?1, ?2, ?3, ?4, ?5, ?6, x'')
            ON CONFLICT (id) DO UPDATE SET topic = excluded.topic, name = excluded.name,
                at = excluded.at, author = excluded.author, offset = excluded.offset
            """
        ).execute(
            .int(version.id.number),
            .int(row),
            .text(version.name),
            .int(version.at.milliseconds),
            .text(version.author),
            .int(Int64(clamping: version.offset))
        )
    }

    private func forgetOutdated(_ row: Int64) throws(SQLiteFailure) {
        try connection.statement(
            """
            DELETE FROM versions WHERE topic = ?1 AND name IS NULL AND id NOT IN (
                SELECT id FROM versions WHERE topic = ?1 AND name IS NULL
                ORDER BY id DESC LIMIT ?2)
            """
        ).execute(.int(row), .int(Int64(DocumentVersion.automaticMaximum)))
    }

    func flush() throws(SQLiteFailure) {}

    func reset() {
        isAlive.removeAll(keepingCapacity: true)
    }

    /// Nothing: records that are forgotten could not make a row again, and states are made once.
    /// Those whose removal is in the log are removed again.
    func clear() throws(SQLiteFailure) {}
}
