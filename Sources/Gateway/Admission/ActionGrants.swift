import Hub

/// Which grants allow which action.
///
/// An action is allowed by a grant of its own name, of `*`, or of an action that says little
/// without it: who may join a room, and so be sent all of its log, may also read it in pages.
package enum ActionGrants {
    package static func allow(
        _ action: String,
        on topic: TopicID?,
        for principal: Principal
    ) -> Bool {
        // Questions across topics answer with what their asker may see.
        guard let topic else { return true }
        if let owner = topic.owner { return owner == principal.user }
        if topic == .everyOrder { return principal.managesEveryOrder }
        // An order knows itself whose it is; what its staff does must be granted besides.
        if topic.kind == .order, ofOwners.contains(action) { return true }
        // No grant may keep anyone where they don't want to be.
        if action == "leave" || action == "exit" { return true }
        let grants = principal.grants
        return grants.allow(action, on: topic.text)
            || implying(action, on: topic).contains { grants.allow($0, on: topic.text) }
            || (isOfShop(topic) && grants.manages(topic.text))
            || (topic.kind == .room && moderating.contains(action) && grants.moderates(topic.text))
    }

    /// What who has placed an order may do with it.
    private static let ofOwners: Set<String> = ["join", "leave", "order", "cancel", "presence"]

    /// What moderators may do in rooms besides; the room itself decides who is one.
    private static let moderating: Set<String> = [
        "update", "kick", "ban", "unban", "bans", "mute", "unmute", "delete", "pin", "unpin",
        "invite",
    ]

    private static func isOfShop(_ topic: TopicID) -> Bool {
        topic.kind == .item || topic.kind == .product
    }

    private static func implying(_ action: String, on topic: TopicID) -> [String] {
        switch action {
        case "history", "message", "pins", "room", "members", "presence", "read", "thread",
            "search", "sync", "state", "content", "authors", "versions", "version", "diff",
            "inspect", "check", "stock", "holds", "product", "query":
            ["join"]
        case "awareness", "restore", "saveVersion", "removeVersion", "create", "rename":
            topic.kind == .doc ? ["update"] : []
        case "edit" where topic.kind == .doc: ["update"]
        // Not `commit`: who may set pieces aside may not therefore take them.
        case "extend", "release": ["reserve"]
        case "typing", "edit", "delete": topic.kind == .room ? ["post"] : []
        case "unreact": ["react"]
        case "unpin": ["pin"]
        case "unfollow": ["follow"]
        case "unban", "bans": ["ban"]
        case "unmute": ["mute"]
        default: []
        }
    }
}
