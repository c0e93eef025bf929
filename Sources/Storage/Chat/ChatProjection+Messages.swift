import Hub

/// What becomes of messages after they are posted.
extension ChatProjection {
    func applyToMessage(
        _ event: ChatEvent,
        _ record: Record,
        _ row: Int64
    ) throws(SQLiteFailure) {
        switch event {
        case .messageEdited(let edit):
            try change(edit.message, row) { $0.apply(edit) }
        case .messageDeleted(let id, let at):
            try change(id, row) { $0.bury(at: at) }
        case .reactionAdded(let reaction):
            try change(reaction.message, row) { $0.add(reaction) }
        case .reactionRemoved(let reaction):
            try change(reaction.message, row) { $0.remove(reaction) }
        case .messagePinned(let id):
            try alter(id, row) { alteration, _ in alteration.isPinned = true }
        case .messageUnpinned(let id):
            try alter(id, row) { alteration, _ in alteration.isPinned = false }
        case .threadFollowed(let thread, let user):
            guard try original(thread, row) != nil else { return }
            let sequence = Int64(clamping: record.offset)
            try connection.statement("INSERT OR IGNORE INTO followers VALUES (?1, ?2, ?3, ?4)")
                .execute(.int(thread.number), .text(user), .int(row), .int(sequence))
        case .threadUnfollowed(let thread, let user):
            try connection.statement(
                "DELETE FROM followers WHERE thread = ?1 AND user = ?2 AND topic = ?3"
            ).execute(.int(thread.number), .text(user), .int(row))
        default:
            break
        }
    }

    func countReply(
        _ reply: Message,
        to thread: RecordID,
        _ row: Int64
    ) throws(SQLiteFailure) {
        try connection.statement("INSERT OR IGNORE INTO replies VALUES (?1, ?2)")
            .execute(.int(thread.number), .int(reply.id.number))
        try alter(thread, row) { alteration, _ in
            alteration.replyCount += 1
            let earlier = alteration.lastReplyAt ?? reply.timestamp
            alteration.lastReplyAt = max(earlier, reply.timestamp)
        }
    }

    /// Changes a message by the room's own rules, and the tables that follow from it.
    private func change(
        _ id: RecordID,
        _ row: Int64,
        _ body: (inout Message) -> Void
    ) throws(SQLiteFailure) {
        var change: (before: Message, after: Message)?
        try alter(id, row) { alteration, original in
            let before = alteration.applied(to: original)
            var after = before
            body(&after)
            alteration.record(after, against: original)
            change = (before, after)
        }
        guard let (before, after) = change else { return }
        if before.content != after.content || before.deletedAt != after.deletedAt {
            try index.remove(before, row: row)
            try index.add(after, row: row)
        }
        if before.mentions != after.mentions {
            try connection.statement("DELETE FROM mentions WHERE user = ?1 AND id = ?2")
                .executeEach(before.mentions) { [.text($0), .int(id.number)] }
            try addMentions(after.mentions, of: id, row)
        }
    }

    /// Reads, changes and writes what has become of a message; nothing when the room has none of
    /// that id.
    private func alter(
        _ id: RecordID,
        _ row: Int64,
        _ body: (inout Alteration, Message) -> Void
    ) throws(SQLiteFailure) {
        guard let original = try original(id, row) else { return }
        let stored = try connection.statement(
            "SELECT \(Alteration.columns) FROM alterations WHERE id = ?1"
        )
        stored.bind(id.number, at: 1)
        var alteration = try stored.first { Alteration($0, from: 0) } ?? Alteration()
        body(&alteration, original)
        let write = try connection.statement(
            "INSERT OR REPLACE INTO alterations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        )
        write.bind([.int(id.number)] + alteration.values)
        try write.execute()
        try connection.statement(
            "UPDATE messages SET altered = 1 WHERE topic = ?1 AND id = ?2 AND altered = 0"
        ).execute(.int(row), .int(id.number))
    }

    /// A message of this room as it was posted.
    private func original(_ id: RecordID, _ row: Int64) throws(SQLiteFailure) -> Message? {
        let find = try connection.statement(
            """
            SELECT records.type, records.payload FROM messages
            JOIN records ON records.id = messages.id
            WHERE messages.topic = ?1 AND messages.id = ?2
            """
        )
        find.bind([.int(row), .int(id.number)])
        let payload = try find.first { (type: $0.text(0), bytes: $0.bytes(1)) }
        guard let payload,
            case .message(let message)? = ChatEvent(type: payload.type, payload: payload.bytes)
        else { return nil }
        return message
    }
}
