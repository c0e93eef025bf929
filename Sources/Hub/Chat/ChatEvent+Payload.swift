/// How a room's events are written: the names and `data` of the native protocol.
extension ChatEvent {
    package var type: String {
        switch self {
        case .roomCreated: "room_created"
        case .roomUpdated: "room_updated"
        case .memberJoined: "member_joined"
        case .memberLeft: "member_left"
        case .roleChanged: "role_changed"
        case .memberBanned: "member_banned"
        case .memberUnbanned: "member_unbanned"
        case .memberMuted: "member_muted"
        case .memberUnmuted: "member_unmuted"
        case .message: "message"
        case .messageEdited: "message_edited"
        case .messageDeleted: "message_deleted"
        case .reactionAdded: "reaction_added"
        case .reactionRemoved: "reaction_removed"
        case .messagePinned: "message_pinned"
        case .messageUnpinned: "message_unpinned"
        case .threadFollowed: "thread_followed"
        case .threadUnfollowed: "thread_unfollowed"
        }
    }

    package func payload() -> [UInt8] {
        if case .message(let message) = self { return message.json() }
        var data = JSONObjectWriter()
        switch self {
        case .message: break
        case .roomCreated(let profile), .roomUpdated(let profile): profile.write(into: &data)
        case .memberJoined(let user, let role), .roleChanged(let user, let role):
            data.write("userId", user)
            data.write("role", role.rawValue)
        case .memberLeft(let user, let reason):
            data.write("userId", user)
            data.write("reason", reason.rawValue)
        case .memberBanned(let user, let until, let reason):
            data.write("userId", user)
            if let until { data.write("until", until) }
            if let reason { data.write("reason", reason) }
        case .memberMuted(let user, let until):
            data.write("userId", user)
            if let until { data.write("until", until) }
        case .memberUnbanned(let user), .memberUnmuted(let user): data.write("userId", user)
        case .messageEdited(let edit): edit.write(into: &data)
        case .messageDeleted(let message, let at):
            data.write("messageId", message)
            data.write("deletedAt", at)
        case .reactionAdded(let reaction), .reactionRemoved(let reaction):
            reaction.write(into: &data)
        case .messagePinned(let message), .messageUnpinned(let message):
            data.write("messageId", message)
        case .threadFollowed(let thread, let user), .threadUnfollowed(let thread, let user):
            data.write("threadId", thread)
            data.write("userId", user)
        }
        return data.finish()
    }
}

extension RoomProfile {
    func write(into data: inout JSONObjectWriter) {
        data.write("title", title)
        data.write("purpose", purpose)
        data.write("visibility", visibility.rawValue)
    }
}

extension ChatEvent.Edit {
    func write(into data: inout JSONObjectWriter) {
        data.write("messageId", message)
        data.write("content", content)
        data.write("editedAt", editedAt)
        if !mentions.isEmpty { data.write("mentions", mentions) }
    }
}

extension ChatEvent.Reaction {
    func write(into data: inout JSONObjectWriter) {
        data.write("messageId", message)
        data.write("emoji", emoji)
        data.write("userId", user)
        data.write("count", Int64(count))
    }
}
