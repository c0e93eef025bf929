import Hub

/// Questions over many rooms: search and mentions, bounded by what the user can read.
extension SQLiteChatArchive {
    package func search(_ query: SearchQuery) async throws(JournalError) -> SearchPage {
        guard let expression = SearchExpression(query.words) else {
            return SearchPage(hits: [], more: false)
        }
        let time = now()
        return try await readers.ask { connection throws(SQLiteFailure) in
            try connection.consistently { () throws(SQLiteFailure) in
                var room: RoomKey?
                if let topic = query.topic {
                    room = try RoomKey.find(topic, connection)
                    if room == nil { return SearchPage(hits: [], more: false) }
                }
                let rows = try connection.statement(room == nil ? Self.searchAll : Self.searchRoom)
                let match = expression.match(in: room?.row)
                rows.bind([
                    .text(query.user), .int(time.milliseconds), .text(match),
                    .int(query.before?.number ?? Int64.max), .text(query.author),
                    .int(Int64(max(0, query.limit)) &+ 1),
                ])
                return try Self.hits(rows, limit: query.limit, connection)
            }
        }
    }

    package func mentions(
        of user: String,
        before: RecordID?,
        limit: Int
    ) async throws(JournalError) -> SearchPage {
        let time = now()
        return try await readers.ask { connection throws(SQLiteFailure) in
            try connection.consistently { () throws(SQLiteFailure) in
                let rows = try connection.statement(Self.mentioned)
                rows.bind([
                    .text(user), .int(time.milliseconds), .int(before?.number ?? Int64.max),
                    .int(Int64(max(0, limit)) &+ 1),
                ])
                return try Self.hits(rows, limit: limit, connection)
            }
        }
    }

    /// True for a row of `rooms` that user ?1 can read at time ?2.
    static let isReadable = """
        (EXISTS (SELECT 1 FROM members WHERE members.topic = rooms.topic AND members.user = ?1)
        OR (rooms.visibility = 'public' AND NOT EXISTS (
            SELECT 1 FROM bans WHERE bans.topic = rooms.topic AND bans.user = ?1
            AND (bans.until IS NULL OR bans.until > ?2))))
        """

    private static let hitColumns = "\(MessageRow.columns), rooms.name, topics.epoch"

    private static let found = """
        SELECT \(hitColumns), snippet(search, 0, char(2), char(3), '…', 32) FROM search
        CROSS JOIN records ON records.id = search.rowid
        CROSS JOIN messages ON messages.topic = records.topic AND messages.id = records.id
        CROSS JOIN rooms ON rooms.topic = records.topic
        CROSS JOIN topics ON topics.id = records.topic
        WHERE search MATCH ?3 AND search.rowid < ?4 AND (?5 IS NULL OR records.author = ?5)
        """
    private static let newestFirst = " ORDER BY search.rowid DESC LIMIT ?6"
    /// One room was admitted already: ?1 and ?2 decide nothing.
    private static let searchRoom = found + newestFirst
    private static let searchAll = found + " AND " + isReadable + newestFirst

    private static let mentioned = """
        SELECT \(hitColumns), NULL FROM mentions
        CROSS JOIN rooms ON rooms.topic = mentions.topic
        CROSS JOIN messages ON messages.topic = mentions.topic AND messages.id = mentions.id
        CROSS JOIN records ON records.id = mentions.id
        CROSS JOIN topics ON topics.id = mentions.topic
        WHERE mentions.user = ?1 AND mentions.id < ?3 AND \(isReadable)
        ORDER BY mentions.id DESC LIMIT ?4
        """

    private static func hits(
        _ rows: PreparedStatement,
        limit: Int,
        _ connection: Connection
    ) throws(SQLiteFailure) -> SearchPage {
        var page = SearchPage(hits: [], more: false)
        var room = PageRoom(count: limit)
        try rows.visit { row throws(SQLiteFailure) in
            guard room.countLeft > 0 else {
                page.more = true
                return false
            }
            let epoch = Epoch(UInt32(truncatingIfNeeded: row.int(5)))
            let message = try MessageRow(row, epoch: epoch, connection)
            guard let stored = message.stored else { return true }
            guard room.take(stored.json.count) else {
                page.more = true
                return false
            }
            // Without words to mark, the snippet is the whole content.
            let snippet = row.textIfAny(6) ?? message.message?.content ?? ""
            page.hits.append(
                SearchPage.Hit(topic: row.text(4), message: stored, snippet: snippet)
            )
            return true
        }
        return page
    }
}
