import Hub

/// A copy in SQLite gives to others, and takes from them.
extension SQLiteReplica: ReplicaExchange {
    /// Records of one part, and about how many bytes they may have.
    private static let partMaximum = 512
    private static let bytesMaximum = 1 << 20

    package func outline(
        of partition: Partition
    ) async throws(JournalError) -> PartitionOutline? {
        try await readers.ask { connection throws(SQLiteFailure) in
            try connection.consistently { () throws(SQLiteFailure) in
                try Self.outline(connection, partition)
            }
        }
    }

    private static func outline(
        _ connection: Connection,
        _ partition: Partition
    ) throws(SQLiteFailure) -> PartitionOutline? {
        let stored = try connection.statement(
            "SELECT \(BookmarkRow.columns) FROM partitions WHERE partition = ?1"
        )
        stored.bind(Int64(partition.number), at: 1)
        let bookmark = try stored.first(BookmarkRow.read)
        let rows = try connection.statement(
            """
            SELECT id, name, trimmed, coalesce(
                (SELECT offset FROM records WHERE topic = topics.id
                ORDER BY offset DESC LIMIT 1), trimmed)
            FROM topics
            """
        ).all { (row: $0.int(0), name: $0.text(1), trimmed: $0.int(2), head: $0.int(3)) }
        let former = try connection.statement("SELECT epoch, kept FROM former WHERE topic = ?1")
        var topics: [TopicExtent] = []
        for row in rows where row.head > 0 {
            guard let topic = try? TopicID(row.name), Partition(of: topic) == partition else {
                continue
            }
            former.bind(row.row, at: 1)
            let epochs = try former.all {
                (Epoch(UInt32(truncatingIfNeeded: $0.int(0))), Offset(clamping: $0.int(1)))
            }
            topics.append(
                TopicExtent(
                    topic: topic,
                    head: Offset(clamping: row.head),
                    trimmed: Offset(clamping: row.trimmed),
                    former: Dictionary(epochs) { first, _ in first }
                )
            )
        }
        if bookmark == nil, topics.isEmpty { return nil }
        return PartitionOutline(bookmark: bookmark ?? .partial, topics: topics)
    }

    package func part(
        of topic: TopicID,
        after: Offset
    ) async throws(JournalError) -> TopicPart {
        let part: TopicPart? = try await readers.ask { connection throws(SQLiteFailure) in
            try connection.consistently { () throws(SQLiteFailure) in
                try Self.part(connection, topic, after)
            }
        }
        guard let part else { throw .corrupt("\(topic) has neither its records nor a snapshot.") }
        return part
    }

    private static func part(
        _ connection: Connection,
        _ topic: TopicID,
        _ after: Offset
    ) throws(SQLiteFailure) -> TopicPart? {
        let find = try connection.statement("SELECT id, trimmed FROM topics WHERE name = ?1")
        find.bind(topic.text, at: 1)
        guard let (row, trimmed) = try find.first({ ($0.int(0), $0.int(1)) }) else {
            return TopicPart(topic: topic, kept: after)
        }
        var start = Int64(clamping: after)
        var snapshot: Snapshot?
        var forgotten: [Record] = []
        var versions: [DocumentVersion] = []
        if start < trimmed {
            let stored = try connection.statement(
                "SELECT offset, state FROM snapshots WHERE topic = ?1"
            )
            stored.bind(row, at: 1)
            snapshot = try stored.first {
                Snapshot(offset: Offset(clamping: $0.int(0)), state: $0.bytes(1))
            }
            guard let snapshot, snapshot.offset >= Offset(clamping: trimmed) else { return nil }
            start = Int64(clamping: snapshot.offset)
            let rows = try connection.statement(
                """
                SELECT id, offset, at, author, type, key, x'' FROM forgotten
                WHERE topic = ?1 ORDER BY offset
                """
            )
            rows.bind(row, at: 1)
            forgotten = try rows.all(RecordRow.read)
            versions = try Self.versions(connection, row, upTo: start)
        }
        let rows = try connection.statement(
            """
            SELECT \(RecordRow.columns) FROM records
            WHERE topic = ?1 AND offset > ?2 ORDER BY offset LIMIT ?3
            """
        )
        rows.bind([.int(row), .int(start), .int(Int64(partMaximum))])
        var records: [Record] = []
        var bytes = 0
        try rows.visit { found throws(SQLiteFailure) in
            let record = RecordRow.read(found)
            records.append(record)
            bytes += record.payload.count
            return bytes < bytesMaximum
        }
        return TopicPart(
            topic: topic,
            kept: after,
            snapshot: snapshot,
            forgotten: forgotten,
            versions: versions,
            records: records
        )
    }

    /// Those whose records a snapshot stands for, or that never had any.
    private static func versions(
        _ connection: Connection,
        _ row: Int64,
        upTo offset: Int64
    ) throws(SQLiteFailure) -> [DocumentVersion] {
        let rows = try connection.statement(
            """
            SELECT \(VersionRow.columns), x'' FROM versions
            WHERE topic = ?1 AND offset <= ?2 ORDER BY offset, id
            """
        )
        rows.bind([.int(row), .int(offset)])
        return try rows.all(VersionRow.read)
    }

    package func open(_ partition: Partition) async throws(JournalError) {
        try await queue.ask { .open(partition, $0) }
    }

    package func take(_ part: TopicPart) async throws(JournalError) -> [Record] {
        try await queue.ask { .take(part, $0) }
    }

    package func complete(
        _ partition: Partition,
        as outline: PartitionOutline
    ) async throws(JournalError) {
        try await queue.ask { .complete(partition, outline, $0) }
    }
}
