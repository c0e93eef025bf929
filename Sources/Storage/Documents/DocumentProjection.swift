import Hub

/// The table of documents: what lists show of them.
///
/// It outlives the records that it was made of, which are forgotten once a snapshot holds what they
/// did. So it is not emptied before records are shown again, and showing one twice changes nothing
/// that matters.
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
    }

    private let upsert: PreparedStatement
    private var rows: [Int64: Row] = [:]

    init(_ connection: Connection) throws(SQLiteFailure) {
        upsert = try connection.statement(
            """
            INSERT INTO documents VALUES (?1, ?2, coalesce(?3, ''), ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (topic) DO UPDATE SET
                title = coalesce(?3, title),
                updated_at = max(updated_at, excluded.updated_at),
                updated_by = excluded.updated_by,
                updates = updates + excluded.updates,
                deleted_at = excluded.deleted_at
            """
        )
    }

    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure) {
        guard topic.kind == .doc else { return }
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
        entry.lastAt = record.at
        entry.lastBy = record.author
        entry.deletedAt = nil
        switch record.type {
        case DocumentEvent.updateType: entry.updates += 1
        case DocumentEvent.deletionType: entry.deletedAt = record.at
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
                .int(entry.deletedAt?.milliseconds),
            ])
            try upsert.execute()
        }
        rows.removeAll(keepingCapacity: true)
    }

    func reset() {
        rows.removeAll(keepingCapacity: true)
    }

    func clear() throws(SQLiteFailure) {}
}
