import Testing

@testable import Hub

@Suite("Rooms: creating, seeing and changing them")
struct RoomTests {
    private static let reader = Grants(
        rules: [Grants.Rule(pattern: "room:*", actions: ["join", "post", "enter"])]
    )

    @Test("Creating makes an owner and members, tells them and announces nothing")
    func create() throws {
        var room = try RoomScript()
        let wish = RoomWish(
            title: "T",
            purpose: "P",
            visibility: .private,
            members: ["bob", "ada"]
        )
        let decision = try room.ask("ada", .create(wish))
        #expect(decision.types == ["room_created", "member_joined", "member_joined"])
        #expect(decision.announcement == nil)
        #expect(decision.noticed == ["room_added ada", "room_added bob"])
        #expect(room.member("ada") == .owner)
        #expect(room.member("bob") == .member)
        #expect(room.log.profile == RoomProfile(title: "T", purpose: "P", visibility: .private))
        let reply = try room.ask("bob", .room).reply["room"]
        guard case .raw(let json)? = reply else {
            Issue.record("A room is ready to send.")
            return
        }
        let fields = try JSONParser.parse(json)
        #expect(fields["createdBy"] == "ada")
        #expect(fields["memberCount"] == 2)
        #expect(fields["role"] == "member")
        #expect(fields["messageCount"] == 0)
    }

    @Test("A room without a title is called by its name")
    func untitled() throws {
        var room = try RoomScript("general")
        #expect(room.log.profile.title == "general")
        try room.create()
        #expect(room.log.profile.title == "general")
    }

    @Test("A room can be created once, and only with the grant for it")
    func createOnce() throws {
        var room = try RoomScript()
        room.grants["eve"] = Self.reader
        #expect(room.refusal("eve", .create(RoomWish(visibility: .public))) == .forbidden)
        try room.create()
        #expect(room.refusal("ada", .create(RoomWish(visibility: .public))) == .conflict)
        #expect(room.refusal("bob", .create(RoomWish(visibility: .private))) == .conflict)
        room.grants["mod"] = RoomScript.moderate
        #expect(room.refusal("mod", .create(RoomWish(visibility: .public))) == .conflict)
    }

    @Test("A public room that nobody created is there for those who might create it")
    func implicit() throws {
        var room = try RoomScript()
        room.grants["eve"] = Self.reader
        for command: ChatCommand in [.access, .room, .enter, .typing(isActive: true)] {
            #expect(room.refusal("eve", command) == .notFound)
        }
        let post = ChatCommand.post(content: "hi", kind: .text, thread: nil)
        #expect(room.refusal("eve", post) == .notFound)
        #expect(room.refusal("ada", .access) == nil)
        #expect(room.records.isEmpty)
        try room.post("ada")
        #expect(room.records.map(\.type) == ["message"])
        #expect(room.refusal("eve", post) == nil)
        #expect(room.log.creation == nil)
    }

    @Test("What others have written can't be taken over by creating the room around it")
    func claim() throws {
        var room = try RoomScript()
        try room.post("ada")
        try room.ask("bob", .enter)
        #expect(room.refusal("eve", .create(RoomWish(visibility: .private))) == .conflict)
        room.grants["mod"] = RoomScript.moderate
        try room.ask("mod", .enter)
        let decision = try room.ask("mod", .create(RoomWish(visibility: .private)))
        #expect(decision.types == ["room_created", "role_changed"])
        #expect(decision.remaining == ["bob", "mod"])
        #expect(room.member("mod") == .owner)
        #expect(room.refusal("ada", .access) == .notFound)
    }

    @Test("A private room is not there for outsiders, whatever they ask")
    func privateRoom() throws {
        var room = try RoomScript()
        try room.create("ada", .private, members: ["bob"])
        let message = try room.post("ada")
        let commands: [ChatCommand] = [
            .access, .room, .members(after: nil, limit: 9), .enter, .exit,
            .post(content: "a", kind: .text, thread: nil), .typing(isActive: true),
            .edit(message: message, content: "b"), .delete(message: message),
            .react(message: message, emoji: "x"), .unreact(message: message, emoji: "x"),
            .pin(message: message), .unpin(message: message), .follow(thread: message),
            .unfollow(thread: message), .locate(message: message), .update(RoomWish(title: "x")),
            .invite(user: "eve", role: .member), .role(user: "bob", role: .owner),
            .kick(user: "bob", reason: nil), .ban(user: "bob", until: nil, reason: nil),
            .unban(user: "bob"), .mute(user: "bob", until: nil), .unmute(user: "bob"),
        ]
        for command in commands {
            #expect(room.refusal("eve", command) == .notFound, "\(command)")
        }
        #expect(room.refusal("bob", .access) == nil)
        room.grants["mod"] = RoomScript.moderate
        #expect(room.refusal("mod", .access) == nil)
    }

    @Test("Moderators change a room, members and outsiders don't")
    func update() throws {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob", "cem"])
        try room.ask("ada", .role(user: "bob", role: .moderator))
        #expect(room.refusal("cem", .update(RoomWish(title: "x"))) == .forbidden)
        #expect(room.refusal("eve", .update(RoomWish(title: "x"))) == .forbidden)
        let decision = try room.ask("bob", .update(RoomWish(title: "x")))
        #expect(decision.types == ["room_updated"])
        #expect(room.log.profile.title == "x")
        #expect(try room.ask("bob", .update(RoomWish(title: "x"))).events.isEmpty)
        #expect(room.refusal("ada", .update(RoomWish(visibility: .direct))) == .badRequest)
    }

    @Test("Becoming private ends the subscriptions of all but the members")
    func becomePrivate() throws {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob"])
        #expect(try room.ask("ada", .update(RoomWish(title: "x"))).remaining == nil)
        let decision = try room.ask("ada", .update(RoomWish(visibility: .private)))
        #expect(decision.remaining == ["ada", "bob"])
        #expect(room.refusal("eve", .access) == .notFound)
        #expect(try room.ask("ada", .update(RoomWish(visibility: .public))).remaining == nil)
        #expect(room.refusal("eve", .access) == nil)
    }

    @Test("Members are listed in pages by name, with who is muted")
    func members() throws {
        var room = try RoomScript()
        try room.create("cem", .public, members: ["dan", "ada", "bob"])
        try room.ask("cem", .mute(user: "bob", until: nil))
        let first = try room.ask("eve", .members(after: nil, limit: 3)).reply
        #expect(
            first["members"]?.array?.compactMap { $0["userId"]?.string } == ["ada", "bob", "cem"]
        )
        #expect(first["members"]?.array?.map { $0["mutedUntil"] } == [nil, .null, nil])
        #expect(first["members"]?.array?[2]["role"] == "owner")
        #expect(first["more"] == true)
        let rest = try room.ask("eve", .members(after: "cem", limit: 3)).reply
        #expect(rest["members"]?.array?.compactMap { $0["userId"]?.string } == ["dan"])
        #expect(rest["more"] == false)
        let beyond = try room.ask("eve", .members(after: "zoe", limit: 3)).reply
        #expect(beyond["members"] == [])
    }
}
