import Hub

/// Lists: a user's rooms with what is unread, public rooms, followed threads.
extension SQLiteChatArchive {
    package func rooms(_ query: RoomQuery) async throws(JournalError) -> RoomPage {
        let time = now()
        return try await readers.ask { connection throws(SQLiteFailure) in
            try connection.consistently { () throws(SQLiteFailure) in
                try Self.rooms(query, at: time, connection)
            }
        }
    }

    package func unread(
        by user: String,
        after message: RecordID,
        behind: Int64,
        in topic: TopicID
    ) async throws(JournalError) -> Int64 {
        try await ask(topic, otherwise: 0) { key, connection throws(SQLiteFailure) in
            try Self.unread(by: user, after: message.number, behind: behind, in: key, connection)
        }
    }

    private static func unread(
        by user: String,
        after message: Int64,
        behind: Int64,
        in key: RoomKey,
        _ connection: Connection
    ) throws(SQLiteFailure) -> Int64 {
        guard (1...ChatLimits.countedUnread).contains(behind) else { return max(0, behind) }
        let count = try connection.statement(
            """
            SELECT count(*) FROM messages CROSS JOIN records ON records.id = messages.id
            WHERE messages.topic = ?1 AND messages.id > ?2 AND records.author <> ?3
            AND json_extract(records.payload, '$.type') <> 'system'
            """
        )
        count.bind([.int(key.row), .int(message), .text(user)])
        return try count.first { $0.int(0) } ?? 0
    }

    package func threads(
        followedBy user: String,
        limit: Int
    ) async throws(JournalError) -> [FollowedThread] {
        let time = now()
        return try await readers.ask { connection throws(SQLiteFailure) in
            try connection.consistently { () throws(SQLiteFailure) in
                let rows = try connection.statement(Self.followed)
                rows.bind([.text(user), .int(time.milliseconds), .int(Int64(max(0, limit)))])
                var threads: [FollowedThread] = []
                try rows.visit { row throws(SQLiteFailure) in
                    let epoch = Epoch(UInt32(truncatingIfNeeded: row.int(5)))
                    let root = try MessageRow(row, epoch: epoch, connection)
                    if let stored = root.stored, let topic = try? TopicID(row.text(4)) {
                        threads.append(
                            FollowedThread(
                                topic: topic,
                                root: stored,
                                replyCount: Int(root.alteration?.replyCount ?? 0),
                                lastReplyAt: root.alteration?.lastReplyAt
                            )
                        )
                    }
                    return true
                }
                return threads
            }
        }
    }

    private static func rooms(
        _ query: RoomQuery,
        at time: Timestamp,
        _ connection: Connection
    ) throws(SQLiteFailure) -> RoomPage {
        var page = RoomPage(rooms: [], more: false)
        // Before everything, in the order of each list.
        var place = (lastMessage: Int64.max, name: "")
        if let after = query.after {
            let find = try connection.statement(query.scope == .mine ? Self.myPlace : Self.place)
            find.bind(after, at: 1)
            if query.scope == .mine { find.bind(query.user, at: 2) }
            // A room that has left the list since ends the paging rather than beginning it anew.
            guard let found = try find.first({ $0.int(0) }) else { return page }
            place = (found, after)
        }
        let rows = try connection.statement(query.scope == .mine ? Self.mine : Self.listed)
        rows.bind([
            .text(query.user),
            .int(query.scope == .mine ? place.lastMessage : time.milliseconds), .text(place.name),
            .int(Int64(max(0, query.limit)) &+ 1),
        ])
        var room = PageRoom(count: query.limit)
        try rows.visit { row throws(SQLiteFailure) in
            guard room.countLeft > 0 else {
                page.more = true
                return false
            }
            guard let topic = try? TopicID(row.text(0)) else { return true }
            let line = try summary(of: topic, row, for: query.user, connection).json()
            guard room.take(line.count) else {
                page.more = true
                return false
            }
            page.rooms.append(RoomPage.Line(topic: topic, json: line))
            return true
        }
        return page
    }

    private static func summary(
        of topic: TopicID,
        _ row: PreparedStatement,
        for user: String,
        _ connection: Connection
    ) throws(SQLiteFailure) -> RoomSummary {
        let key = RoomKey(row: row.int(1), epoch: Epoch(UInt32(truncatingIfNeeded: row.int(2))))
        let role = row.textIfAny(3).flatMap(Role.init(rawValue:))
        let read = row.intIfAny(4)
        let room = RoomRow(topic: topic, row, from: 7)
        // Who may not read the room is not told its last message.
        let isReadable = row.int(6) != 0
        let last =
            isReadable ? try Self.row(of: RecordID(room.lastMessage), in: key, connection) : nil
        let count = try connection.statement(
            """
            SELECT count(*) FROM mentions WHERE user = ?1 AND topic = ?2 AND id > ?3
            """
        )
        count.bind([.text(user), .int(key.row), .int(read ?? 0)])
        return RoomSummary(
            topic: topic,
            profile: room.profile,
            createdAt: room.createdAt,
            createdBy: room.createdBy,
            memberCount: room.memberCount,
            messageCount: room.messageCount,
            role: role,
            line: RoomSummary.Line(
                unread: try unread(
                    by: user,
                    after: read ?? 0,
                    behind: room.messageCount - row.int(5),
                    in: key,
                    connection
                ),
                mentions: try count.first { $0.int(0) } ?? 0,
                lastMessage: last?.stored,
                readUpTo: read.map { RecordID($0) }
            )
        )
    }

    private static let lineColumns = """
        rooms.name, rooms.topic, topics.epoch, members.role, markers.message, \
        coalesce(markers.number, 0)
        """
    private static let joined = """
        JOIN topics ON topics.id = rooms.topic
        LEFT JOIN markers ON markers.user = ?1 AND markers.topic = rooms.name
        """
    /// Latest activity first: ?2 is that of the room before.
    private static let mine = """
        SELECT \(lineColumns), 1, \(RoomRow.columns)
        FROM members JOIN rooms ON rooms.topic = members.topic \(joined)
        WHERE members.user = ?1 AND (rooms.last_message < ?2
            OR (rooms.last_message = ?2 AND rooms.name > ?3))
        ORDER BY rooms.last_message DESC, rooms.name LIMIT ?4
        """
    /// By name; ?2 is the time.
    private static let listed = """
        SELECT \(lineColumns), \(isReadable), \(RoomRow.columns) FROM rooms \(joined)
        LEFT JOIN members ON members.topic = rooms.topic AND members.user = ?1
        WHERE rooms.visibility = 'public' AND rooms.name > ?3
        ORDER BY rooms.name LIMIT ?4
        """
    private static let place = """
        SELECT last_message FROM rooms WHERE name = ?1 AND visibility = 'public'
        """
    private static let myPlace = """
        SELECT last_message FROM members JOIN rooms ON rooms.topic = members.topic
        WHERE rooms.name = ?1 AND members.user = ?2
        """

    private static let followed = """
        SELECT \(MessageRow.columns), rooms.name, topics.epoch FROM followers
        CROSS JOIN rooms ON rooms.topic = followers.topic
        CROSS JOIN messages ON messages.topic = followers.topic AND messages.id = followers.thread
        CROSS JOIN records ON records.id = followers.thread
        CROSS JOIN topics ON topics.id = followers.topic
        LEFT JOIN alterations ON alterations.id = followers.thread
        WHERE followers.user = ?1 AND \(isReadable)
        ORDER BY coalesce(alterations.last_reply_at, -1) DESC, followers.thread DESC LIMIT ?3
        """
}
