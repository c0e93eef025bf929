import Hub

/// The tables of users' own topics: how far each room is read.
final class InboxProjection: Projection {
    private let mark: PreparedStatement
    private let empty: PreparedStatement

    init(_ connection: Connection) throws(SQLiteFailure) {
        mark = try connection.statement(
            """
            INSERT INTO markers VALUES (?1, ?2, ?3, ?4) ON CONFLICT (user, topic) DO UPDATE
            SET message = excluded.message, number = excluded.number
            """
        )
        empty = try connection.statement("DELETE FROM markers")
    }

    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure) {
        guard let user = topic.user else { return }
        let parsed =
            event as? InboxEvent
            ?? InboxEvent(type: record.type, payload: record.payload)
        guard case .readMarked(let room, let message, let number, _)? = parsed else { return }
        mark.bind(user, at: 1)
        mark.bind(room, at: 2)
        mark.bind(message.number, at: 3)
        mark.bind(number, at: 4)
        try mark.execute()
    }

    func flush() throws(SQLiteFailure) {}

    func reset() {}

    func clear() throws(SQLiteFailure) {
        try empty.execute()
    }
}
