import Hub

/// Reads one page of history: of a room or of one of its threads, from an anchor on.
///
/// Pages are found by key, never by counting rows off: the millionth is as near as the first.
struct HistoryReading {
    private let query: HistoryQuery
    private let key: RoomKey
    private let connection: Connection
    private let limit: Int
    private let bytes: Int

    /// Inside of a transaction.
    init(_ query: HistoryQuery, in key: RoomKey, _ connection: Connection) {
        self.query = query
        self.key = key
        self.connection = connection
        limit = max(0, query.limit)
        bytes = query.bytesMaximum
    }

    func page() throws(SQLiteFailure) -> HistoryPage {
        switch query.anchor {
        case .latest:
            let older = try older(than: Int64.max, PageRoom(count: limit, bytes: bytes))
            return HistoryPage(messages: older.messages, moreBefore: older.more, moreAfter: false)
        case .before(let id):
            let older = try older(than: id.number, PageRoom(count: limit, bytes: bytes))
            return HistoryPage(
                messages: older.messages,
                moreBefore: older.more,
                moreAfter: try newer(from: id.number, PageRoom(count: 0)).more
            )
        case .after(let id):
            let newer = try newer(
                from: id.number &+ 1,
                PageRoom(count: limit, bytes: bytes)
            )
            return HistoryPage(
                messages: newer.messages,
                moreBefore: try older(than: id.number &+ 1, PageRoom(count: 0)).more,
                moreAfter: newer.more
            )
        case .around(let id):
            let before = PageRoom(count: limit / 2, bytes: bytes / 2)
            let after = PageRoom(count: limit - limit / 2, bytes: bytes / 2)
            let older = try older(than: id.number, before)
            let newer = try newer(from: id.number, after)
            return HistoryPage(
                messages: older.messages + newer.messages,
                moreBefore: older.more,
                moreAfter: newer.more
            )
        }
    }

    private func older(
        than id: Int64,
        _ room: PageRoom
    ) throws(SQLiteFailure) -> (messages: [StoredMessage], more: Bool) {
        var (messages, more) = try read(Self.older, Self.olderReplies, id, room)
        messages.reverse()
        return (messages, more)
    }

    private func newer(
        from id: Int64,
        _ room: PageRoom
    ) throws(SQLiteFailure) -> (messages: [StoredMessage], more: Bool) {
        try read(Self.newer, Self.newerReplies, id, room)
    }

    /// Reads one more than the page takes, to know whether there are more.
    private func read(
        _ sql: String,
        _ threadSQL: String,
        _ id: Int64,
        _ room: PageRoom
    ) throws(SQLiteFailure) -> (messages: [StoredMessage], more: Bool) {
        let rows = try connection.statement(query.thread == nil ? sql : threadSQL)
        rows.bind(key.row, at: 1)
        rows.bind(id, at: 2)
        rows.bind(Int64(room.countLeft) &+ 1, at: 3)
        if let thread = query.thread { rows.bind(thread.number, at: 4) }
        var messages: [StoredMessage] = []
        messages.reserveCapacity(min(room.countLeft, 256))
        var room = room
        var more = false
        try rows.visit { row throws(SQLiteFailure) in
            guard room.countLeft > 0 else {
                more = true
                return false
            }
            guard let message = try MessageRow.stored(row, key, connection) else { return true }
            guard room.take(message.json.count) else {
                more = true
                return false
            }
            messages.append(message)
            return true
        }
        return (messages, more)
    }

    private static let ofRoom = """
        SELECT \(MessageRow.columns) FROM messages CROSS JOIN records ON records.id = messages.id
        WHERE messages.topic = ?1
        """
    private static let ofThread = """
        SELECT \(MessageRow.columns) FROM replies
        CROSS JOIN messages ON messages.topic = ?1 AND messages.id = replies.id
        CROSS JOIN records ON records.id = replies.id
        WHERE replies.thread = ?4
        """
    private static let older = ofRoom + " AND messages.id < ?2 ORDER BY messages.id DESC LIMIT ?3"
    private static let newer = ofRoom + " AND messages.id >= ?2 ORDER BY messages.id LIMIT ?3"
    private static let olderReplies =
        ofThread + " AND replies.id < ?2 ORDER BY replies.id DESC LIMIT ?3"
    private static let newerReplies =
        ofThread + " AND replies.id >= ?2 ORDER BY replies.id LIMIT ?3"
}
