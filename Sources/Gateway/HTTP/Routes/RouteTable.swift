import HTTPTypes

/// The REST API, line by line. OpenAPI is written from it, so the two can't drift.
enum RouteTable {
    static let all: [Route] =
        rooms + messages + members + questions + preferences + documents + stock + orders + streams
        + ingest + operators

    private static let contentBytesMaximum = 131_072

    private static let rooms: [Route] = [
        Route(.get, "/api/rooms", "rooms"),
        // The room's name is the body's `room`; that of a direct room follows from its members.
        Route(
            .post,
            "/api/rooms",
            "create",
            location: "/api/rooms/{room}",
            bodyBytesMaximum: contentBytesMaximum
        ),
        Route(.get, "/api/rooms/{room}", "room"),
        Route(.patch, "/api/rooms/{room}", "update"),
        Route(.post, "/api/rooms/{room}/enter", "enter"),
        Route(.post, "/api/rooms/{room}/exit", "exit"),
        Route(.get, "/api/rooms/{room}/presence", "presence"),
        Route(.post, "/api/rooms/{room}/read", "read"),
        Route(.post, "/api/rooms/{room}/typing", "typing"),
    ]

    private static let messages: [Route] = [
        Route(.get, "/api/rooms/{room}/messages", "history"),
        Route(
            .post,
            "/api/rooms/{room}/messages",
            "post",
            location: "/api/rooms/{room}/messages/{messageId}",
            bodyBytesMaximum: contentBytesMaximum
        ),
        Route(.get, "/api/rooms/{room}/messages/{messageId}", "message"),
        Route(
            .patch,
            "/api/rooms/{room}/messages/{messageId}",
            "edit",
            bodyBytesMaximum: contentBytesMaximum
        ),
        Route(.delete, "/api/rooms/{room}/messages/{messageId}", "delete"),
        Route(.put, "/api/rooms/{room}/messages/{messageId}/reactions/{emoji}", "react"),
        Route(.delete, "/api/rooms/{room}/messages/{messageId}/reactions/{emoji}", "unreact"),
        Route(.put, "/api/rooms/{room}/messages/{messageId}/pin", "pin"),
        Route(.delete, "/api/rooms/{room}/messages/{messageId}/pin", "unpin"),
        Route(.get, "/api/rooms/{room}/pins", "pins"),
        Route(.get, "/api/rooms/{room}/threads/{threadId}", "thread"),
        Route(.put, "/api/rooms/{room}/threads/{threadId}/follow", "follow"),
        Route(.delete, "/api/rooms/{room}/threads/{threadId}/follow", "unfollow"),
    ]

    private static let members: [Route] = [
        Route(.get, "/api/rooms/{room}/members", "members"),
        Route(.post, "/api/rooms/{room}/members", "invite"),
        Route(.delete, "/api/rooms/{room}/members/{userId}", "kick"),
        Route(.put, "/api/rooms/{room}/members/{userId}/role", "role"),
        Route(.get, "/api/rooms/{room}/bans", "bans"),
        Route(.put, "/api/rooms/{room}/bans/{userId}", "ban"),
        Route(.delete, "/api/rooms/{room}/bans/{userId}", "unban"),
        Route(.put, "/api/rooms/{room}/mutes/{userId}", "mute"),
        Route(.delete, "/api/rooms/{room}/mutes/{userId}", "unmute"),
    ]

    private static let questions: [Route] = [
        Route(.get, "/api/search", "search"),
        Route(.get, "/api/threads", "threads"),
        Route(.get, "/api/mentions", "mentions"),
        Route(
            .get,
            "/api/log/{topic}",
            .log,
            "Records of a topic's log as events, in order: for clients without a WebSocket.",
            [
                .need("topic", .topic),
                .may("after", .string, "A position or an offset; without it, from the beginning."),
                .may("limit", .integer(1...256, default: 100)),
            ],
            reply: [
                .need("events", .array(.named("Event"))),
                .need("position", .position, "The page's last: the next page's `after`."),
                .need("more", .boolean),
            ]
        ),
    ]

    /// The value may be 64 KiB as the hub writes it, and have white space and escapes before that.
    private static let preferences: [Route] = [
        Route(.get, "/api/preferences/{name}", "preference"),
        Route(
            .put,
            "/api/preferences/{name}",
            "setPreference",
            bodyBytesMaximum: contentBytesMaximum
        ),
    ]

    private static let operators: [Route] = [
        Route(
            .post,
            "/api/revocations",
            .revoke,
            "Ends what a user or a token may do, at once.",
            [.may("user", .userID), .may("tokenId", .text(1...256))],
            reply: []
        ),
        Route(
            .get,
            "/api/connections",
            .listConnections,
            "The live WebSocket connections.",
            [
                .may("after", .string, "The last page's last connection."),
                .may("limit", .integer(1...1000, default: 100)),
            ],
            reply: [.need("connections", .array(.map(.anything))), .need("more", .boolean)]
        ),
        Route(
            .delete,
            "/api/connections/{connection}",
            .endConnection,
            "Ends a connection; its client comes back.",
            [.need("connection", .text(1...18))],
            reply: []
        ),
    ]
}
