/// What commands and records have to do with each other beyond their fields: which records a
/// command can have begun with (a key that finds another kind was used for another command), and
/// whose order makes no difference.
extension ChatLog {
    package static let causes: [String: Set<String>] = [
        "create": ["room_created"],
        "update": ["room_updated"],
        "enter": ["member_joined"],
        "invite": ["member_joined"],
        "exit": ["member_left"],
        "kick": ["member_left"],
        "role": ["role_changed"],
        "ban": ["member_banned", "member_left"],
        "unban": ["member_unbanned"],
        "mute": ["member_muted"],
        "unmute": ["member_unmuted"],
        "post": ["message"],
        "edit": ["message_edited"],
        "delete": ["message_deleted"],
        "react": ["reaction_added"],
        "unreact": ["reaction_removed"],
        "pin": ["message_pinned"],
        "unpin": ["message_unpinned"],
        "follow": ["thread_followed"],
        "unfollow": ["thread_unfollowed"],
    ]
}

extension ChatLog {
    /// What most of a chat is: it adds to the room and takes nothing away.
    package static func commutes(_ event: ChatEvent) -> Bool {
        switch event {
        case .message, .reactionAdded, .threadFollowed: true
        default: false
        }
    }
}
