import Hub

/// The journal in SQLite: one thread writes for all topics, a few read.
package final class SQLiteJournal: Journal {
    private let queue: WriteQueue
    private let readers: Readers
    private let heads: Heads
    private let seed: HashSeed

    init(queue: WriteQueue, readers: Readers, heads: Heads, seed: HashSeed) {
        self.queue = queue
        self.readers = readers
        self.heads = heads
        self.seed = seed
    }

    package nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record] {
        let bytes = drafts.reduce(0) { $0 + $1.payload.count }
        let arrival = ContinuousClock.now
        return try await queue.ask { answer in
            .append(
                WriteRequest.Append(
                    drafts: drafts,
                    topic: topic,
                    expecting: expecting,
                    bytes: bytes,
                    arrival: arrival,
                    answer: answer
                )
            )
        }
    }

    package nonisolated(nonsending) func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record] {
        guard limit > 0, after < Offset(Int64.max) else { return [] }
        return try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT \(RecordRow.columns) FROM records
                WHERE topic = (SELECT id FROM topics WHERE name = ?1) AND offset > ?2
                ORDER BY offset LIMIT ?3
                """
            )
            rows.bind(topic.text, at: 1)
            rows.bind(Int64(clamping: after), at: 2)
            rows.bind(Int64(limit), at: 3)
            return try rows.all(RecordRow.read)
        }
    }

    package nonisolated(nonsending) func head(
        of topic: TopicID
    ) async throws(JournalError) -> Position {
        if let head = heads.head(of: topic) { return head.position }
        return try await queue.ask { .head(topic, $0) }
    }

    package nonisolated(nonsending) func formerEpochs(
        of topic: TopicID
    ) async throws(JournalError) -> [Epoch: Offset] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                """
                SELECT epoch, kept FROM former
                WHERE topic = (SELECT id FROM topics WHERE name = ?1)
                """
            )
            rows.bind(topic.text, at: 1)
            let former = try rows.all { row in
                (Epoch(UInt32(truncatingIfNeeded: row.int(0))), Offset(clamping: row.int(1)))
            }
            return Dictionary(former) { first, _ in first }
        }
    }

    package nonisolated(nonsending) func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record? {
        let found = try await records(withKeys: [RecordKey(author: author, key: key)], in: topic)
        return found[0]
    }

    package nonisolated(nonsending) func records(
        withKeys keys: [RecordKey],
        in topic: TopicID
    ) async throws(JournalError) -> [Record?] {
        try await readers.ask { [seed] connection throws(SQLiteFailure) in
            let row = try connection.statement("SELECT id FROM topics WHERE name = ?1")
            row.bind(topic.text, at: 1)
            guard let topic = try row.first({ $0.int(0) }) else {
                return Array(repeating: nil, count: keys.count)
            }
            let find = try connection.statement(LogTables.keyQuery)
            var records: [Record?] = []
            records.reserveCapacity(keys.count)
            for each in keys {
                let place = KeyPlace(each.key, by: each.author, in: topic, seed: seed.words)
                find.bind(place.prefix, at: 1)
                find.bind(place.hash, at: 2)
                find.bind(topic, at: 3)
                find.bind(each.author, at: 4)
                find.bind(each.key, at: 5)
                records.append(try find.first(RecordRow.read))
            }
            return records
        }
    }

    /// The largest record id that is stored. A clock that went back while the hub was down must not
    /// make ids that are taken: the source of ids begins after this one.
    package func newestRecordID() async throws(JournalError) -> RecordID? {
        try await readers.ask { connection throws(SQLiteFailure) in
            try connection.statement(
                """
                SELECT id FROM (
                    SELECT max(id) AS id FROM records
                    UNION ALL
                    SELECT max((SELECT max(id) FROM forgotten WHERE topic = topics.id))
                    FROM topics WHERE trimmed > 0
                    UNION ALL
                    SELECT max(id) FROM versions)
                WHERE id IS NOT NULL ORDER BY id DESC LIMIT 1
                """
            ).first { RecordID($0.int(0)) }
        }
    }

    package nonisolated(nonsending) func snapshot(
        of topic: TopicID
    ) async throws(JournalError) -> Snapshot? {
        try await readers.ask { connection throws(SQLiteFailure) in
            let row = try connection.statement(
                """
                SELECT offset, state FROM snapshots
                WHERE topic = (SELECT id FROM topics WHERE name = ?1)
                """
            )
            row.bind(topic.text, at: 1)
            return try row.first {
                Snapshot(offset: Offset(clamping: $0.int(0)), state: $0.bytes(1))
            }
        }
    }

    package nonisolated(nonsending) func save(
        _ snapshot: Snapshot,
        of topic: TopicID
    ) async throws(JournalError) {
        try await queue.ask { .save(snapshot, topic, $0) }
    }

    package nonisolated(nonsending) func trim(
        _ topic: TopicID,
        upTo: Offset
    ) async throws(JournalError) {
        try await queue.ask { .trim(topic, upTo, $0) }
    }
}
