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

    package func versions(
        of topic: TopicID,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> [DocumentVersion] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT \(VersionRow.columns), x'' FROM versions
                WHERE topic = (SELECT id FROM topics WHERE name = ?1) AND id < ?2
                ORDER BY id DESC LIMIT ?3
                """
            )
            rows.bind([.text(topic.text), .int(before?.number ?? .max), .int(Int64(limit))])
            return try rows.all(VersionRow.read)
        }
    }

    package func version(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> DocumentVersion? {
        try await readers.ask { connection throws(SQLiteFailure) in
            let row = try connection.statement(
                """
                SELECT \(VersionRow.columns), state FROM versions
                WHERE topic = (SELECT id FROM topics WHERE name = ?1) AND id = ?2
                """
            )
            row.bind([.text(topic.text), .int(id.number)])
            return try row.first(VersionRow.read)
        }
    }

    package func unfinishedVersions(
        of topic: TopicID,
        upTo offset: Offset
    ) async throws(JournalError) -> [DocumentVersion] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT \(VersionRow.columns), x'' FROM versions
                WHERE topic = (SELECT id FROM topics WHERE name = ?1) AND length(state) = 0
                    AND offset <= ?2 ORDER BY offset
                """
            )
            rows.bind([.text(topic.text), .int(Int64(clamping: offset))])
            return try rows.all(VersionRow.read)
        }
    }

    package func missingVersions(
        in partition: Partition
    ) async throws(JournalError) -> [(topic: TopicID, version: DocumentVersion)] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT \(VersionRow.columns), x'', topics.name FROM versions
                JOIN topics ON topics.id = versions.topic
                JOIN snapshots ON snapshots.topic = versions.topic
                WHERE length(versions.state) = 0 AND trimmed > 0
                    AND versions.offset < snapshots.offset
                """
            )
            let missing = try rows.all { (name: $0.text(VersionRow.count), VersionRow.read($0)) }
            return missing.compactMap { name, version in
                guard let topic = try? TopicID(name), Partition(of: topic) == partition else {
                    return nil
                }
                return (topic, version)
            }
        }
    }

    package func finish(
        _ version: DocumentVersion,
        of topic: TopicID,
        in epoch: Epoch
    ) async throws(JournalError) {
        try await queue.ask { .finish(version, topic, epoch, $0) }
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
}
