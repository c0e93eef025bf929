import Hub

/// Reads one page of history: of a room or of one of its threads, from an anchor on.
///
/// Pages are found by key, never by counting rows off: the millionth is as near as the first.
struct HistoryReading {
    private let query: HistoryQuery
    private let key: RoomKey
    private let connection: Connection
    private let limit: Int

    /// Inside of a transaction.
    init(_ query: HistoryQuery, in key: RoomKey, _ connection: Connection) {
        self.query = query
        self.key = key
        self.connection = connection
        limit = max(0, query.limit)
    }

    func page() throws(SQLiteFailure) -> HistoryPage {
        switch query.anchor {
        case .latest:
            let older = try older(than: Int64.max, limit)
            return HistoryPage(messages: older.messages, moreBefore: older.more, moreAfter: false)
        case .before(let id):
            let older = try older(than: id.number, limit)
            return HistoryPage(
                messages: older.messages,
                moreBefore: older.more,
                moreAfter: try newer(from: id.number, 0).more
            )
        case .after(let id):
            let newer = try newer(from: id.number &+ 1, limit)
            return HistoryPage(
                messages: newer.messages,
                moreBefore: try older(than: id.number &+ 1, 0).more,
                moreAfter: newer.more
            )
        case .around(let id):
            let older = try older(than: id.number, limit / 2)
            let newer = try newer(from: id.number, limit - limit / 2)
            return HistoryPage(
                messages: older.messages + newer.messages,
                moreBefore: older.more,
                moreAfter: newer.more
            )
        }
    }

    private func older(
        than id: Int64,
        _ limit: Int
    ) throws(SQLiteFailure) -> (messages: [StoredMessage], more: Bool) {
        var (messages, more) = try read(Self.older, Self.olderReplies, id, limit)
        messages.reverse()
        return (messages, more)
    }

    private func newer(
        from id: Int64,
        _ limit: Int
    ) throws(SQLiteFailure) -> (messages: [StoredMessage], more: Bool) {
        try read(Self.newer, Self.newerReplies, id, limit)
    }

    /// Reads one more than the page takes, to know whether there are more.
    private func read(
        _ sql: String,
        _ threadSQL: String,
        _ id: Int64,
        _ limit: Int
    ) throws(SQLiteFailure) -> (messages: [StoredMessage], more: Bool) {
        let rows = try connection.statement(query.thread == nil ? sql : threadSQL)
        rows.bind(key.row, at: 1)
        rows.bind(id, at: 2)
        rows.bind(Int64(limit) &+ 1, at: 3)
        if let thread = query.thread { rows.bind(thread.number, at: 4) }
        var messages: [StoredMessage] = []
        messages.reserveCapacity(min(limit, 256))
        var more = false
        try rows.forEach { row throws(SQLiteFailure) in
            guard messages.count < limit else {
                more = true
                return false
            }
            if let message = try MessageRow.stored(row, key, connection) {
                messages.append(message)
            }
            return true
        }
        return (messages, more)
    }

    private static let room = """
        SELECT \(MessageRow.columns) FROM messages CROSS JOIN records ON records.id = messages.id
        WHERE messages.topic = ?1
        """
    private static let thread = """
        SELECT \(MessageRow.columns) FROM replies
        CROSS JOIN messages ON messages.topic = ?1 AND messages.id = replies.id
        CROSS JOIN records ON records.id = replies.id
        WHERE replies.thread = ?4
        """
    private static let older = room + " AND messages.id < ?2 ORDER BY messages.id DESC LIMIT ?3"
    private static let newer = room + " AND messages.id >= ?2 ORDER BY messages.id LIMIT ?3"
    private static let olderReplies =
        thread + " AND replies.id < ?2 ORDER BY replies.id DESC LIMIT ?3"
    private static let newerReplies =
        thread + " AND replies.id >= ?2 ORDER BY replies.id LIMIT ?3"
}
