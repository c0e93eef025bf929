import Hub

/// Every command of the native protocol.
enum CommandCatalogue {
    static let all: [CommandShape] =
        changes + moderation + signals + questions + searches + preferences
        + StockCatalogue.all + OrderCatalogue.all + StreamCatalogue.all + sessions

    /// By name; REST mirrors all but those of a session, which has no meaning there.
    static let byAction = Dictionary(uniqueKeysWithValues: all.map { ($0.action, $0) })

    /// Every action's name, once.
    static let actions = (all.map(\.action) + DocumentActions.all).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
    }

    private static let user = Parameter.need("userId", .userID)
    private static let message = Parameter.need("messageId", .messageID)
    private static let reason = Parameter.may("reason", .text(0...256))
    private static let until = Parameter.may("until", .timestamp, "Without it: for good.")
    private static let title = Parameter.may("title", .text(0...128))
    private static let purpose = Parameter.may("purpose", .text(0...1024))
    private static let before = Parameter.may("before", .messageID, "Older than that message.")
    private static let after = Parameter.may("after", .messageID, "Newer than that message.")
    private static let limit = Parameter.may("limit", .integer(1...200, default: 50))
    private static let userLimit = Parameter.may("limit", .integer(1...1000, default: 100))
    private static let preferenceName = Parameter.need("name", .preferenceName)
    private static let messages = Parameter.need("messages", .array(.named("Message")))
    private static let hits = Parameter.need("hits", .array(.named("Hit")))
    private static let more = Parameter.need("more", .boolean, "There is another page.")
    private static let sides = Parameter.need(
        "more",
        .object([.need("before", .boolean), .need("after", .boolean)])
    )

    private static let changes: [CommandShape] = [
        .change(
            "create",
            "Creates a room.",
            [
                .need("visibility", .oneOf("public", "private", "direct")), title, purpose,
                .may("members", .array(.userID, most: 1000)),
            ]
        ),
        .change(
            "update",
            "Changes a room's profile (owner, moderator).",
            [title, purpose, .may("visibility", .oneOf("public", "private"))]
        ),
        .change("enter", "Becomes a member of a public room."),
        .change("exit", "Stops being a member."),
        .change(
            "post",
            "Posts a message.",
            [
                .need("content", .string),
                .may("type", .oneOf("text", "image", "file")),
                .may("threadId", .messageID, "The message that this one replies to."),
            ],
            reply: [.need("messageId", .messageID)]
        ),
        .change("edit", "Edits a message (author).", [message, .need("content", .string)]),
        .change("delete", "Deletes a message (author, moderator).", [message]),
        .change("react", "Adds a reaction.", [message, .need("emoji", .text(1...32))]),
        .change("unreact", "Takes a reaction back.", [message, .need("emoji", .text(1...32))]),
        .change("pin", "Pins a message.", [message]),
        .change("unpin", "Unpins a message.", [message]),
        .change("follow", "Follows a thread.", [.need("threadId", .messageID)]),
        .change("unfollow", "Stops following a thread.", [.need("threadId", .messageID)]),
    ]

    private static let moderation: [CommandShape] = [
        .change(
            "invite",
            "Makes a user a member.",
            [user, .may("role", .oneOf("owner", "moderator", "member"))]
        ),
        .change(
            "role",
            "Gives a member a role (owner).",
            [user, .need("role", .oneOf("owner", "moderator", "member"))]
        ),
        .change("kick", "Ends a user's membership (moderator).", [user, reason]),
        .change("ban", "Keeps a user out (moderator).", [user, reason, until]),
        .change("unban", "Lifts a ban (moderator).", [user]),
        .change("mute", "Keeps a user from posting (moderator).", [user, until]),
        .change("unmute", "Lets a user post again (moderator).", [user]),
    ]

    private static let signals: [CommandShape] = [
        .signal(
            "read",
            "Marks everything up to a message as read.",
            [message],
            reply: [.may("unread", .count)]
        ),
        .signal("typing", "Says that you type.", [.may("active", .boolean)]),
    ]

    private static let questions: [CommandShape] = [
        .question(
            "history",
            "A page of messages, oldest first.",
            [
                before, after, .may("around", .messageID, "That message in the middle."), limit,
                .may("threadId", .messageID, "Only the replies of that thread."),
            ],
            reply: [messages, sides]
        ),
        .question(
            "message",
            "One message.",
            [message],
            reply: [.need("message", .named("Message"))]
        ),
        .question("pins", "The pinned messages.", reply: [messages]),
        .question("room", "The room's profile.", reply: [.need("room", .named("Room"))]),
        .question(
            "members",
            "A page of members.",
            [.may("after", .userID, "The page's last user."), userLimit],
            reply: [.need("members", .array(.named("Member"))), more]
        ),
        .question(
            "bans",
            "A page of who is banned (moderator).",
            [.may("after", .userID, "The page's last user."), userLimit],
            reply: [.need("bans", .array(.named("Ban"))), more]
        ),
        .question(
            "presence",
            "Who is here.",
            reply: [.may("members", .array(.named("Present"))), .may("count", .count)]
        ),
    ]

    private static let searches: [CommandShape] = [
        .search(
            "rooms",
            "Your rooms, latest activity first, or the public ones.",
            [
                .may("scope", .oneOf("mine", "public")),
                .may("after", .topic, "The topic that the last page ended with."), limit,
            ],
            reply: [.need("rooms", .array(.named("Room"))), more]
        ),
        .search(
            "search",
            "Full-text search in what you may read.",
            [
                .need("query", .text(1...256)), .may("topic", .topic), .may("by", .userID), before,
                .may("limit", .integer(1...100, default: 20)),
            ],
            reply: [hits, more]
        ),
        .search(
            "thread",
            "A thread: its root and a page of replies.",
            [
                .need("topic", .topic), .need("threadId", .messageID), before, after, limit,
            ],
            reply: [
                .need("root", .named("Message")), messages, .may("replyCount", .count),
                .may("followers", .array(.userID)), sides,
            ]
        ),
        .search(
            "threads",
            "The threads that you follow.",
            reply: [.need("threads", .array(.named("Thread")))]
        ),
        .search("mentions", "Messages that mention you.", [before, limit], reply: [hits, more]),
    ]

    private static let preferences: [CommandShape] = [
        .own(
            "setPreference",
            "Keeps a value of your pages under a name.",
            [preferenceName, .need("value", .anything, "At most 65,536 bytes; null for none.")]
        ),
        .search(
            "preference",
            "What your pages keep under a name; null where there is nothing.",
            [preferenceName],
            reply: [preferenceName, .need("value", .anything)]
        ),
    ]

    private static let sessions: [CommandShape] = [
        .session(
            "hello",
            "Says who you are, and takes up where a connection ended.",
            [
                .may("token", .string), .may("name", .text(1...64), "For guests."),
                .may("resume", .array(.named("Subscription"), most: 128)),
            ],
            reply: [
                .need("user", .userID), .need("guest", .boolean), .need("connection", .string),
                .need("ping", .count), .may("expires", .timestamp), .need("limits", .map(.count)),
                .may("resumed", .array(.map(.string))),
            ]
        ),
        .session(
            "refresh",
            "Replaces the token.",
            [.need("token", .string)],
            reply: [.may("expires", .timestamp)]
        ),
        .session("ping", "Asks for a sign of life.", reply: [.need("at", .timestamp)]),
        .session(
            "join",
            "Subscribes to a topic, from a position on or live.",
            [
                .need("topic", .topic), .may("since", .string, "A position, or `0` for all."),
                .may("presence", .boolean), .may("typing", .boolean),
                .may("conflate", .boolean, "Of states the newest only, ten times a second."),
                .may("window", .count, "Of a stream: so many milliseconds of its past."),
                .may("points", .integer(2...5000, default: 500), "Of each series at the most."),
                .may("seen", .timestamp, "The newest sample that is known already."),
            ],
            reply: [
                .need("position", .position), .need("epoch", .string), .may("reset", .boolean),
                .may("members", .array(.named("Present"))), .may("count", .count),
                .may("title", .string, "A document's."),
                .may("state", .anything, "What is the case there; a document's update in base64."),
            ]
        ),
        .session("leave", "Ends a subscription.", [.need("topic", .topic)]),
    ]
}
