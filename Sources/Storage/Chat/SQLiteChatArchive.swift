import Hub

/// Answers questions about committed chat out of the tables that `ChatProjection` writes.
///
/// The newest page of a room, which is asked for most, is kept until the room's next commit.
package final class SQLiteChatArchive: ChatArchive {
    let readers: Readers
    /// Decides whether a ban is over.
    let now: @Sendable () -> Timestamp
    private let pages: PageCache
    private let heads: Heads

    init(
        readers: Readers,
        heads: Heads,
        revisions: Revisions,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.readers = readers
        self.heads = heads
        self.now = now
        pages = PageCache(revisions: revisions)
    }

    package func history(
        of topic: TopicID,
        _ query: HistoryQuery
    ) async throws(JournalError) -> HistoryPage {
        guard case .latest = query.anchor, query.thread == nil,
            query.bytesMaximum == ChatLimits.pageBytes
        else {
            return try await readPage(of: topic, query)
        }
        // Taken before reading: a commit in between makes the page outdated, not wrong.
        let revision = pages.revision(of: topic)
        if let page = pages.page(of: topic, limit: query.limit, revision) { return page }
        let page = try await readPage(of: topic, query)
        pages.keep(page, of: topic, limit: query.limit, revision)
        return page
    }

    package func messages(
        _ ids: [RecordID],
        in topic: TopicID
    ) async throws(JournalError) -> [MessageFact] {
        try await ask(topic, otherwise: []) { key, connection throws(SQLiteFailure) in
            var facts: [MessageFact] = []
            for id in ids {
                guard let row = try Self.row(of: id, in: key, connection),
                    let message = row.message
                else { continue }
                facts.append(
                    MessageFact(
                        message: message,
                        isPinned: row.alteration?.isPinned ?? false,
                        followers: try Self.followers(of: id, in: key, connection)
                    )
                )
            }
            return facts
        }
    }

    package func pages(
        of ids: [RecordID],
        in topic: TopicID
    ) async throws(JournalError) -> [StoredMessage] {
        try await ask(topic, otherwise: []) { key, connection throws(SQLiteFailure) in
            var messages: [StoredMessage] = []
            for id in ids {
                if let message = try Self.row(of: id, in: key, connection)?.stored {
                    messages.append(message)
                }
            }
            return messages
        }
    }

    /// One state of the database for all that `body` reads.
    func ask<Value: Sendable>(
        _ topic: TopicID,
        otherwise: Value,
        _ body: @escaping @Sendable (RoomKey, Connection) throws(SQLiteFailure) -> Value
    ) async throws(JournalError) -> Value {
        let known = heads.head(of: topic).map { RoomKey(row: $0.row, epoch: $0.epoch) }
        return try await readers.ask { connection throws(SQLiteFailure) in
            try connection.consistently { () throws(SQLiteFailure) in
                if let known { return try body(known, connection) }
                guard let key = try RoomKey.find(topic, connection) else { return otherwise }
                return try body(key, connection)
            }
        }
    }

    private func readPage(
        of topic: TopicID,
        _ query: HistoryQuery
    ) async throws(JournalError) -> HistoryPage {
        let none = HistoryPage(messages: [], moreBefore: false, moreAfter: false)
        return try await ask(topic, otherwise: none) { key, connection throws(SQLiteFailure) in
            try HistoryReading(query, in: key, connection).page()
        }
    }

    static func row(
        of id: RecordID,
        in key: RoomKey,
        _ connection: Connection
    ) throws(SQLiteFailure) -> MessageRow? {
        let find = try connection.statement(
            """
            SELECT \(MessageRow.columns) FROM messages
            CROSS JOIN records ON records.id = messages.id
            WHERE messages.topic = ?1 AND messages.id = ?2
            """
        )
        find.bind([.int(key.row), .int(id.number)])
        var found: MessageRow?
        try find.visit { row throws(SQLiteFailure) in
            found = try MessageRow(row, epoch: key.epoch, connection)
            return false
        }
        return found
    }

    private static func followers(
        of thread: RecordID,
        in key: RoomKey,
        _ connection: Connection
    ) throws(SQLiteFailure) -> [String] {
        let find = try connection.statement(
            """
            SELECT user FROM followers WHERE thread = ?1 AND topic = ?2 ORDER BY sequence LIMIT ?3
            """
        )
        find.bind([
            .int(thread.number), .int(key.row), .int(Int64(ChatLimits.followersPerThread)),
        ])
        return try find.all { $0.text(0) }
    }
}
