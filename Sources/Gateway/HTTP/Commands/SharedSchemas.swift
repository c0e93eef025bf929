import Hub

/// The things that replies and events are made of, by the names that documents refer to.
enum SharedSchemas {
    static let all: [(name: String, schema: Schema)] =
        [
            ("Message", message), ("Room", room), ("Member", member), ("Ban", ban),
            ("Present", present), ("Hit", hit), ("Thread", thread), ("Subscription", subscription),
            ("Event", event), ("Error", error),
            ("Document", document), ("Version", version), ("Awareness", awareness),
            ("Run", run),
        ] + StockSchemas.all + OrderSchemas.all

    /// As a document's `components.schemas`.
    static var components: JSON {
        .object(all.map { JSON.Member($0.name, $0.schema.json) })
    }

    private static let message: Schema = .object([
        .need("id", .messageID), .need("roomId", .string), .need("userId", .userID),
        .need("content", .string), .need("type", .oneOf("text", "image", "file", "system")),
        .need("timestamp", .timestamp), .need("editedAt", Schema.timestamp.orNull),
        .need("reactions", .map(.array(.userID))), .need("threadId", Schema.messageID.orNull),
        .may("number", .count), .may("position", .position), .may("deletedAt", .timestamp),
        .may("replyCount", .count), .may("lastReplyAt", .timestamp), .may("pinned", .boolean),
        .may("mentions", .array(.userID)),
    ])

    private static let room: Schema = .object([
        .need("roomId", .string), .need("topic", .topic), .need("title", .string),
        .need("purpose", .string), .need("visibility", .oneOf("public", "private", "direct")),
        .may("createdAt", .timestamp), .may("createdBy", Schema.userID.orNull),
        .may("memberCount", .count), .may("messageCount", .count),
        .may("role", Schema.string.orNull), .may("unread", .count), .may("mentions", .count),
        .may("lastMessage", .named("Message")), .may("readUpTo", Schema.messageID.orNull),
    ])

    private static let member: Schema = .object([
        .need("userId", .userID), .need("role", .oneOf("owner", "moderator", "member")),
        .may("joinedAt", .timestamp), .need("online", .boolean, "Present in this room."),
        .may("mutedUntil", Schema.timestamp.orNull, "Null: for good. Absent: not muted."),
    ])

    private static let ban: Schema = .object([
        .need("userId", .userID), .need("until", Schema.timestamp.orNull, "Null: for good."),
    ])

    private static let present: Schema = .object([
        .need("userId", .userID), .may("connections", .count),
    ])

    private static let hit: Schema = .object([
        .need("topic", .topic), .need("message", .named("Message")),
        .need("snippet", .string, "The words found stand between U+0002 and U+0003."),
    ])

    private static let thread: Schema = .object([
        .need("topic", .topic), .need("root", .named("Message")), .need("replyCount", .count),
        .may("lastReplyAt", .timestamp),
    ])

    private static let subscription: Schema = .object([
        .need("topic", .topic), .may("since", .string), .may("presence", .boolean),
        .may("conflate", .boolean),
    ])

    private static let event: Schema = .object([
        .need("topic", .topic), .need("event", .string), .may("position", .position),
        .need("at", .timestamp), .may("by", .userID), .need("data", .map(.anything)),
    ])

    private static let document: Schema = .object([
        .need("name", .string), .need("topic", .topic), .need("title", .string),
        .need("createdAt", .timestamp), .need("createdBy", .string),
        .need("updatedAt", .timestamp), .need("updatedBy", .string), .need("updates", .count),
    ])

    private static let version: Schema = .object([
        .need("versionId", .messageID), .need("name", Schema.string.orNull),
        .need("at", .timestamp), .need("by", .string), .need("automatic", .boolean),
    ])

    private static let run: Schema = .object([
        .need("text", .string), .need("clientId", .count), .need("userId", Schema.userID.orNull),
        .need("length", .count, "UTF-16 code units."),
    ])

    private static let awareness: Schema = .object([
        .need("clientId", .count), .need("clock", .count),
        .need("state", .anything, "Null for a client that is gone."),
    ])

    private static let error: Schema = .object([
        .need(
            "error",
            .object([
                .need("code", .words(RejectionCode.allCases.map(\.rawValue))),
                .need("message", .string), .need("retry", .boolean),
                .may("retryAfter", .count, "Milliseconds."),
                .may("position", .position, "With `precondition_failed`: the current one."),
            ])
        )
    ])
}
