import Hub

/// Lists of documents, and their versions, in SQLite.
package final class SQLiteDocumentArchive: DocumentArchive {
    private let queue: WriteQueue
    private let readers: Readers

    init(queue: WriteQueue, readers: Readers) {
        self.queue = queue
        self.readers = readers
    }

    package func documents(
        after: String?,
        limit: Int
    ) async throws(JournalError) -> [DocumentSummary] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT name, title, created_at, created_by, updated_at, updated_by, updates
                FROM documents WHERE deleted_at IS NULL AND name > ?1 ORDER BY name LIMIT ?2
                """
            )
            rows.bind([.text(after ?? ""), .int(Int64(limit))])
            return try rows.all { row in
                DocumentSummary(
                    name: row.text(0),
                    title: row.text(1),
                    createdAt: Timestamp(milliseconds: row.int(2)),
                    createdBy: row.text(3),
                    updatedAt: Timestamp(milliseconds: row.int(4)),
                    updatedBy: row.text(5),
                    updates: row.int(6)
                )
            }
        }
    }

    package func save(
        _ version: DocumentVersion,
        of topic: TopicID,
        keeping count: Int
    ) async throws(JournalError) {
        try await queue.ask { .saveVersion(version, topic, keeping: count, $0) }
    }

    package func versions(
        of topic: TopicID,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> [DocumentVersion] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT id, name, at, author, offset, x'' FROM versions
                WHERE topic = (SELECT id FROM topics WHERE name = ?1) AND id < ?2
                ORDER BY id DESC LIMIT ?3
                """
            )
            rows.bind([.text(topic.text), .int(before?.number ?? .max), .int(Int64(limit))])
            return try rows.all(Self.read)
        }
    }

    package func version(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> DocumentVersion? {
        try await readers.ask { connection throws(SQLiteFailure) in
            let row = try connection.statement(
                """
                SELECT id, name, at, author, offset, state FROM versions
                WHERE topic = (SELECT id FROM topics WHERE name = ?1) AND id = ?2
                """
            )
            row.bind([.text(topic.text), .int(id.number)])
            return try row.first(Self.read)
        }
    }

    package func removeVersion(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> Bool {
        try await queue.ask { .removeVersion(id, topic, $0) }
    }

    /// Gives room that is free within the file back to the disk. Nothing else is written meanwhile.
    package func shrink() async throws(JournalError) {
        let result: Result<Void, JournalError> = await withCheckedContinuation { answer in
            let refusal = queue.submit(
                .work { connection in
                    do throws(SQLiteFailure) {
                        try connection.execute("VACUUM")
                        answer.resume(returning: .success(()))
                    } catch {
                        answer.resume(returning: .failure(error.journalError))
                    }
                }
            )
            if let refusal { answer.resume(returning: .failure(refusal)) }
        }
        try result.get()
    }

    private static func read(_ row: PreparedStatement) -> DocumentVersion {
        DocumentVersion(
            id: RecordID(row.int(0)),
            name: row.textIfAny(1),
            at: Timestamp(milliseconds: row.int(2)),
            author: row.text(3),
            offset: Offset(clamping: row.int(4)),
            state: row.bytes(5)
        )
    }
}
