/// How commands for rooms are read.
extension ChatCommand {
    package init(_ action: String, _ command: JSON) throws(Rejection) {
        let data = try Fields(dataOf: command)
        switch action {
        case "post": self = try Self.post(data)
        case "typing": self = .typing(isActive: try data.optionalBool("active") ?? true)
        case "enter": self = .enter
        case "exit": self = .exit
        case "room": self = .room
        case "access": self = .access
        case "create", "update": self = try Self.profile(action, data)
        case "members", "bans":
            let fields = Fields(command)
            let after = try fields.optionalUser("after")
            let limit = try fields.limit(default: 100, maximum: ChatLimits.membersPageMaximum)
            self =
                action == "members"
                ? .members(after: after, limit: limit) : .bans(after: after, limit: limit)
        case "invite", "role", "kick", "ban", "unban", "mute", "unmute":
            self = try Self.membership(action, data)
        case "follow": self = .follow(thread: try data.recordID("threadId"))
        case "unfollow": self = .unfollow(thread: try data.recordID("threadId"))
        case "edit", "delete", "react", "unreact", "pin", "unpin", "locate":
            self = try Self.message(action, data)
        default: throw Rejection(.unknownAction, "A room has no such action.")
        }
    }

    private static func post(_ data: Fields) throws(Rejection) -> ChatCommand {
        var kind = Message.Kind.text
        if let name = try data.optionalString("type") {
            guard let named = Message.Kind(rawValue: name), named != .system else {
                throw data.refusal("type", "must be text, image or file")
            }
            kind = named
        }
        return .post(
            content: try content(data),
            kind: kind,
            thread: try data.optionalRecordID("threadId")
        )
    }

    private static func profile(_ action: String, _ data: Fields) throws(Rejection) -> ChatCommand {
        var wish = RoomWish(
            title: try data.optionalText("title", bytesMaximum: ChatLimits.titleBytes),
            purpose: try data.optionalText(
                "purpose",
                bytesMaximum: ChatLimits.purposeBytes,
                hasLines: true
            )
        )
        if let name = try data.optionalString("visibility") {
            guard let visibility = RoomProfile.Visibility(rawValue: name) else {
                throw data.refusal("visibility", "must be public, private or direct")
            }
            wish.visibility = visibility
        }
        guard action == "create" else {
            guard !wish.isEmpty else {
                throw Rejection(.badRequest, "data: title, purpose or visibility is needed.")
            }
            return .update(wish)
        }
        guard wish.visibility != nil else { throw data.refusal("visibility", "is missing") }
        wish.members = try data.users("members", maximum: ChatLimits.usersPerCommand)
        return .create(wish)
    }

    private static func membership(
        _ action: String,
        _ data: Fields
    ) throws(Rejection) -> ChatCommand {
        let user = try data.user("userId")
        switch action {
        case "invite": return .invite(user: user, role: try role(data) ?? .member)
        case "role":
            guard let role = try role(data) else { throw data.refusal("role", "is missing") }
            return .role(user: user, role: role)
        case "kick": return .kick(user: user, reason: try reason(data))
        case "ban":
            let until = try data.optionalTime("until")
            return .ban(user: user, until: until, reason: try reason(data))
        case "unban": return .unban(user: user)
        case "mute": return .mute(user: user, until: try data.optionalTime("until"))
        default: return .unmute(user: user)
        }
    }

    private static func message(_ action: String, _ data: Fields) throws(Rejection) -> ChatCommand {
        let message = try data.recordID("messageId")
        switch action {
        case "edit": return .edit(message: message, content: try content(data))
        case "delete": return .delete(message: message)
        case "react": return .react(message: message, emoji: try emoji(data))
        case "unreact": return .unreact(message: message, emoji: try emoji(data))
        case "pin": return .pin(message: message)
        case "unpin": return .unpin(message: message)
        default: return .locate(message: message)
        }
    }

    private static func content(_ data: Fields) throws(Rejection) -> String {
        let content = try data.string("content")
        guard content.utf8.count <= ChatLimits.contentBytes else {
            let maximum = ChatLimits.contentBytes
            throw Rejection(.tooLarge, "data.content: has at most \(maximum) bytes.")
        }
        // A NUL ends strings in databases and terminals that clients may pass this on to.
        guard !content.utf8.contains(0) else {
            throw data.refusal("content", "must not contain U+0000")
        }
        guard content.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw data.refusal("content", "must not be empty")
        }
        return content
    }

    private static func emoji(_ data: Fields) throws(Rejection) -> String {
        guard let emoji = try data.optionalText("emoji", bytesMaximum: ChatLimits.emojiBytes),
            !emoji.isEmpty
        else { throw data.refusal("emoji", "is missing") }
        guard !emoji.unicodeScalars.contains(where: { $0.properties.isWhitespace }) else {
            throw data.refusal("emoji", "must not contain white space")
        }
        return emoji
    }

    private static func role(_ data: Fields) throws(Rejection) -> Role? {
        guard let name = try data.optionalString("role") else { return nil }
        guard let role = Role(rawValue: name) else {
            throw data.refusal("role", "must be owner, moderator or member")
        }
        return role
    }

    private static func reason(_ data: Fields) throws(Rejection) -> String? {
        try data.optionalText("reason", bytesMaximum: ChatLimits.reasonBytes)
    }
}
