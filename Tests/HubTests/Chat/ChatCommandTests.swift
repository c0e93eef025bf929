import Testing

@testable import Hub

@Suite("Commands for a room")
struct ChatCommandTests {
    private static let post: JSON = ["content": "hi", "type": "image", "threadId": "5"]
    private static let wish: JSON = [
        "visibility": "private", "title": "T", "purpose": "a\nb", "members": ["bob", "bob"],
    ]
    private static let fullWish = RoomWish(
        title: "T",
        purpose: "a\nb",
        visibility: .private,
        members: ["bob"]
    )

    private static let readable: [(String, JSON, ChatCommand)] = [
        ("create", wish, .create(fullWish)),
        ("update", ["title": ""], .update(RoomWish(title: ""))),
        ("enter", .null, .enter), ("exit", .null, .exit), ("room", .null, .room),
        ("access", .null, .access),
        ("invite", ["userId": "bob"], .invite(user: "bob", role: .member)),
        ("invite", ["userId": "bob", "role": "owner"], .invite(user: "bob", role: .owner)),
        ("role", ["userId": "bob", "role": "member"], .role(user: "bob", role: .member)),
        ("kick", ["userId": "bob", "reason": "r"], .kick(user: "bob", reason: "r")),
        (
            "ban", ["userId": "bob", "until": 5],
            .ban(user: "bob", until: Timestamp(milliseconds: 5), reason: nil)
        ),
        ("unban", ["userId": "bob"], .unban(user: "bob")),
        ("mute", ["userId": "bob"], .mute(user: "bob", until: nil)),
        ("unmute", ["userId": "bob"], .unmute(user: "bob")),
        ("post", post, .post(content: "hi", kind: .image, thread: RecordID(5))),
        ("post", ["content": " x "], .post(content: " x ", kind: .text, thread: nil)),
        ("edit", ["messageId": "7", "content": "b"], .edit(message: RecordID(7), content: "b")),
        ("delete", ["messageId": "7"], .delete(message: RecordID(7))),
        ("react", ["messageId": "7", "emoji": "👍"], .react(message: RecordID(7), emoji: "👍")),
        ("unreact", ["messageId": "7", "emoji": "x"], .unreact(message: RecordID(7), emoji: "x")),
        ("pin", ["messageId": "7"], .pin(message: RecordID(7))),
        ("unpin", ["messageId": "7"], .unpin(message: RecordID(7))),
        ("locate", ["messageId": "7"], .locate(message: RecordID(7))),
        ("follow", ["threadId": "7"], .follow(thread: RecordID(7))),
        ("unfollow", ["threadId": "7"], .unfollow(thread: RecordID(7))),
        ("typing", .null, .typing(isActive: true)),
        ("typing", ["active": false], .typing(isActive: false)),
        ("members", .null, .members(after: nil, limit: 100)),
    ]

    @Test("Each action is read with its fields", arguments: readable)
    func reads(action: String, data: JSON, command: ChatCommand) throws {
        #expect(try ChatLog.command(action, ["data": data, "surplus": 1]) == command)
    }

    private static func text(_ count: Int) -> JSON { .string(String(repeating: "x", count: count)) }

    /// Action, data, the field that the refusal names, and its code.
    private static let refused: [(String, JSON, String, RejectionCode)] = [
        ("post", .null, "data.content", .badRequest), ("post", 1, "data", .badRequest),
        ("post", ["content": 1], "data.content", .badRequest),
        ("post", ["content": ""], "data.content", .badRequest),
        ("post", ["content": " \n\t\u{3000}"], "data.content", .badRequest),
        ("post", ["content": "a\u{0}"], "data.content", .badRequest),
        ("post", ["content": text((16 << 10) + 1)], "data.content", .tooLarge),
        ("post", ["content": "a", "type": "system"], "data.type", .badRequest),
        ("post", ["content": "a", "threadId": 5], "data.threadId", .badRequest),
        ("post", ["content": "a", "threadId": "x"], "data.threadId", .badRequest),
        ("edit", ["content": "a"], "data.messageId", .badRequest),
        ("edit", ["messageId": "7"], "data.content", .badRequest),
        ("delete", ["messageId": "-7"], "data.messageId", .badRequest),
        ("react", ["messageId": "7"], "data.emoji", .badRequest),
        ("react", ["messageId": "7", "emoji": ""], "data.emoji", .badRequest),
        ("react", ["messageId": "7", "emoji": "a b"], "data.emoji", .badRequest),
        ("react", ["messageId": "7", "emoji": "\u{7}"], "data.emoji", .badRequest),
        ("react", ["messageId": "7", "emoji": text(33)], "data.emoji", .badRequest),
        ("create", .null, "data.visibility", .badRequest),
        ("create", ["visibility": "secret"], "data.visibility", .badRequest),
        ("create", ["visibility": "public", "title": text(129)], "data.title", .badRequest),
        ("create", ["visibility": "public", "title": "a\nb"], "data.title", .badRequest),
        ("create", ["visibility": "public", "purpose": text(1025)], "data.purpose", .badRequest),
        ("create", ["visibility": "public", "members": "bob"], "data.members", .badRequest),
        ("create", ["visibility": "public", "members": [""]], "data.members", .badRequest),
        (
            "create",
            ["visibility": "public", "members": .array((0..<51).map { .string("u\($0)") })],
            "data.members", .tooLarge
        ),
        ("update", .null, "data", .badRequest),
        ("invite", .null, "data.userId", .badRequest),
        ("invite", ["userId": "bob", "role": "king"], "data.role", .badRequest),
        ("invite", ["userId": text(129)], "data.userId", .badRequest),
        ("role", ["userId": "bob"], "data.role", .badRequest),
        ("kick", ["userId": "bob", "reason": text(257)], "data.reason", .badRequest),
        ("ban", ["userId": "bob", "until": "soon"], "data.until", .badRequest),
        ("ban", ["userId": "bob", "until": .int(.max)], "data.until", .badRequest),
        ("mute", ["userId": "bob", "until": -1], "data.until", .badRequest),
        ("follow", .null, "data.threadId", .badRequest),
        ("typing", ["active": 1], "data.active", .badRequest),
    ]

    @Test("What is missing, mistyped or out of bounds is refused by name", arguments: refused)
    func refuses(action: String, data: JSON, field: String, code: RejectionCode) {
        let rejection = #expect(throws: Rejection.self) {
            try ChatLog.command(action, ["data": data])
        }
        #expect(rejection?.code == code)
        #expect(rejection?.message.hasPrefix(field + ":") == true, "\(rejection?.message ?? "")")
    }

    @Test("Content may be as long as its bound, and an action that isn't a room's is unknown")
    func edges() throws {
        _ = try ChatLog.command("post", ["data": ["content": Self.text(16 << 10)]])
        for action in ["", "history", "markRead", "join", "POST"] {
            let rejection = #expect(throws: Rejection.self) { try ChatLog.command(action, []) }
            #expect(rejection?.code == .unknownAction)
        }
        #expect(
            try ChatLog.command("members", ["after": "ada", "limit": 7])
                == .members(after: "ada", limit: 7)
        )
        #expect(throws: Rejection.self) { try ChatLog.command("members", ["limit": 1001]) }
    }
}
