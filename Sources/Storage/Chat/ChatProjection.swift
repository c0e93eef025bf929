import Hub

/// The tables of rooms, members and messages, and the full-text index: what chat is asked about.
final class ChatProjection: Projection {
    let connection: Connection
    let index: SearchIndex
    /// The rooms that this transaction has touched: written once each, before the commit.
    private var rooms: [Int64: RoomRow] = [:]
    private let insertMessage: PreparedStatement
    private let insertMention: PreparedStatement

    init(_ connection: Connection) throws(SQLiteFailure) {
        self.connection = connection
        index = try SearchIndex(connection)
        insertMessage = try connection.statement("INSERT INTO messages VALUES (?1, ?2, ?3, 0)")
        insertMention = try connection.statement(
            "INSERT OR IGNORE INTO mentions VALUES (?1, ?2, ?3)"
        )
    }

    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure) {
        guard topic.kind == .room else { return }
        let known = event as? ChatEvent ?? ChatEvent(type: record.type, payload: record.payload)
        var room = try room(topic, row)
        if let known { try apply(known, record, &room, row) }
        rooms[row] = room
    }

    func flush() throws(SQLiteFailure) {
        let write = try connection.statement(
            "INSERT OR REPLACE INTO rooms VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        )
        for (row, room) in rooms {
            write.bind(room.values(row: row))
            try write.execute()
        }
    }

    func reset() {
        rooms.removeAll(keepingCapacity: true)
    }

    func clear() throws(SQLiteFailure) {
        for table in Self.tables { try connection.execute("DELETE FROM \(table)") }
        try index.clear()
    }

    static let tables = [
        "rooms", "members", "bans", "messages", "alterations", "replies", "followers", "mentions",
    ]

    private func room(_ topic: TopicID, _ row: Int64) throws(SQLiteFailure) -> RoomRow {
        if let room = rooms[row] { return room }
        let stored = try connection.statement(
            "SELECT \(RoomRow.columns) FROM rooms WHERE topic = ?1"
        )
        stored.bind(row, at: 1)
        return try stored.first { RoomRow(topic: topic, $0) } ?? RoomRow(topic: topic)
    }

    private func apply(
        _ event: ChatEvent,
        _ record: Record,
        _ room: inout RoomRow,
        _ row: Int64
    ) throws(SQLiteFailure) {
        switch event {
        case .roomCreated(let profile):
            room.profile = profile
            room.createdAt = record.at
            room.createdBy = record.author
        case .roomUpdated(let profile): room.profile = profile
        case .message(let message): try post(message, record, &room, row)
        case .memberJoined, .memberLeft, .roleChanged, .memberBanned, .memberUnbanned,
            .memberMuted, .memberUnmuted:
            try applyToMembers(event, record, &room, row)
        case .messageEdited, .messageDeleted, .reactionAdded, .reactionRemoved, .messagePinned,
            .messageUnpinned, .threadFollowed, .threadUnfollowed:
            try applyToMessage(event, record, row)
        }
    }

    private func post(
        _ message: Message,
        _ record: Record,
        _ room: inout RoomRow,
        _ row: Int64
    ) throws(SQLiteFailure) {
        // A message is its record; one with another id is no message of ours.
        guard message.id == record.id else { return }
        insertMessage.bind(row, at: 1)
        insertMessage.bind(message.id.number, at: 2)
        insertMessage.bind(Int64(clamping: record.offset), at: 3)
        try insertMessage.execute()
        room.messageCount = message.counted(after: room.messageCount)
        if message.id.number > room.lastMessage {
            room.lastMessage = message.id.number
            room.lastAt = message.timestamp.milliseconds
        }
        try addMentions(message.mentions, of: message.id, row)
        if let thread = message.thread { try countReply(message, to: thread, row) }
        try index.add(message, row: row)
    }

    func addMentions(
        _ users: [String],
        of message: RecordID,
        _ row: Int64
    ) throws(SQLiteFailure) {
        for user in users {
            insertMention.bind(user, at: 1)
            insertMention.bind(message.number, at: 2)
            insertMention.bind(row, at: 3)
            try insertMention.execute()
        }
    }
}
