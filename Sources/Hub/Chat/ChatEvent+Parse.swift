/// How a room's events are read back: from the journal, a file or another node.
extension ChatEvent {
    package init?(type: String, payload: [UInt8]) {
        guard let data = try? JSONParser.parse(payload),
            let event = Self.room(type, data) ?? Self.members(type, data)
                ?? Self.messages(type, data)
        else { return nil }
        self = event
    }

    private static func room(_ type: String, _ data: JSON) -> ChatEvent? {
        switch type {
        case "room_created": RoomProfile(data).map(ChatEvent.roomCreated)
        case "room_updated": RoomProfile(data).map(ChatEvent.roomUpdated)
        default: nil
        }
    }

    private static func members(_ type: String, _ data: JSON) -> ChatEvent? {
        guard let user = data["userId"]?.string,
            let until = data.optional("until", \.timestamp)
        else { return nil }
        let role = data["role"]?.string.flatMap(Role.init(rawValue:))
        switch type {
        case "member_joined": return role.map { .memberJoined(user: user, role: $0) }
        case "role_changed": return role.map { .roleChanged(user: user, role: $0) }
        case "member_left":
            return data["reason"]?.string.flatMap(Departure.init(rawValue:))
                .map { .memberLeft(user: user, reason: $0) }
        case "member_banned":
            return data.optional("reason", \.string)
                .map { .memberBanned(user: user, until: until, reason: $0) }
        case "member_unbanned": return .memberUnbanned(user: user)
        case "member_muted": return .memberMuted(user: user, until: until)
        case "member_unmuted": return .memberUnmuted(user: user)
        default: return nil
        }
    }

    private static func messages(_ type: String, _ data: JSON) -> ChatEvent? {
        switch type {
        case "message": return Message(data).map(ChatEvent.message)
        case "message_edited": return Edit(data).map(ChatEvent.messageEdited)
        case "reaction_added": return Reaction(data).map(ChatEvent.reactionAdded)
        case "reaction_removed": return Reaction(data).map(ChatEvent.reactionRemoved)
        case "thread_followed", "thread_unfollowed":
            guard let thread = data["threadId"]?.recordID, let user = data["userId"]?.string
            else { return nil }
            return type == "thread_followed"
                ? .threadFollowed(thread: thread, user: user)
                : .threadUnfollowed(thread: thread, user: user)
        default: break
        }
        guard let message = data["messageId"]?.recordID else { return nil }
        switch type {
        case "message_deleted":
            return data["deletedAt"]?.timestamp.map { .messageDeleted(message: message, at: $0) }
        case "message_pinned": return .messagePinned(message: message)
        case "message_unpinned": return .messageUnpinned(message: message)
        default: return nil
        }
    }
}

extension RoomProfile {
    init?(_ data: JSON) {
        guard let title = data["title"]?.string, let purpose = data["purpose"]?.string,
            let visibility = data["visibility"]?.string.flatMap(Visibility.init(rawValue:))
        else { return nil }
        self.init(title: title, purpose: purpose, visibility: visibility)
    }
}

extension ChatEvent.Edit {
    init?(_ data: JSON) {
        guard let message = data["messageId"]?.recordID, let content = data["content"]?.string,
            let editedAt = data["editedAt"]?.timestamp,
            let mentions = data.optional("mentions", \.strings)
        else { return nil }
        self.init(message: message, content: content, editedAt: editedAt, mentions: mentions ?? [])
    }
}

extension ChatEvent.Reaction {
    init?(_ data: JSON) {
        guard let message = data["messageId"]?.recordID, let emoji = data["emoji"]?.string,
            let user = data["userId"]?.string, let count = data["count"]?.int,
            (0...Int64(Int32.max)).contains(count)
        else { return nil }
        self.init(message: message, emoji: emoji, user: user, count: Int(count))
    }
}
