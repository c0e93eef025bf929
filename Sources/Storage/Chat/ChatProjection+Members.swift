import Hub

/// Who belongs to a room and who is kept out of it.
extension ChatProjection {
    func applyToMembers(
        _ event: ChatEvent,
        _ record: Record,
        _ room: inout RoomRow,
        _ row: Int64
    ) throws(SQLiteFailure) {
        switch event {
        case .memberJoined(let user, let role):
            if try !isMember(user, row) { room.memberCount += 1 }
            try connection.statement("INSERT OR REPLACE INTO members VALUES (?1, ?2, ?3, ?4)")
                .execute(
                    .int(row),
                    .text(user),
                    .text(role.rawValue),
                    .int(record.at.milliseconds)
                )
        case .memberLeft(let user, _):
            if try isMember(user, row) { room.memberCount -= 1 }
            try connection.statement("DELETE FROM members WHERE topic = ?1 AND user = ?2")
                .execute(.int(row), .text(user))
        case .roleChanged(let user, let role):
            try connection.statement(
                "UPDATE members SET role = ?3 WHERE topic = ?1 AND user = ?2"
            ).execute(.int(row), .text(user), .text(role.rawValue))
        case .memberBanned(let user, let until, _):
            try connection.statement("INSERT OR REPLACE INTO bans VALUES (?1, ?2, ?3)")
                .execute(.int(row), .text(user), .int(until?.milliseconds))
        case .memberUnbanned(let user):
            try connection.statement("DELETE FROM bans WHERE topic = ?1 AND user = ?2")
                .execute(.int(row), .text(user))
        default:
            // Who is muted matters to the room alone.
            break
        }
    }

    private func isMember(_ user: String, _ row: Int64) throws(SQLiteFailure) -> Bool {
        let find = try connection.statement("SELECT 1 FROM members WHERE topic = ?1 AND user = ?2")
        find.bind([.int(row), .text(user)])
        return try find.first { _ in true } ?? false
    }
}
