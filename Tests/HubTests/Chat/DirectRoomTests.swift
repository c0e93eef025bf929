import Testing

@testable import Hub

@Suite("Direct rooms")
struct DirectRoomTests {
    @Test("A direct room has the members named and its creator, and can be created again")
    func create() throws {
        var room = try RoomScript("dm:ada~bob")
        let decision = try room.create("bob", .direct, members: ["ada"])
        #expect(decision.types == ["room_created", "member_joined", "member_joined"])
        #expect(decision.announcement == nil)
        #expect(room.log.roster.users == ["ada", "bob"])
        #expect(room.member("bob") == .member)
        let again = try room.create("ada", .direct, members: ["bob", "ada"])
        #expect(again.events.isEmpty)
        #expect(again.reply == decision.reply)
    }

    @Test("Ids with characters that a topic has not are escaped in its name, and nowhere else")
    func escaped() throws {
        var room = try RoomScript("dm:a@b%20c~auth0%7Cx")
        try room.create("auth0|x", .direct, members: ["a@b c"])
        #expect(room.log.roster.users == ["a@b c", "auth0|x"])
    }

    private static let names: [(String, [String], RejectionCode)] = [
        ("dm:bob~ada", ["bob"], .badRequest), ("dm:ada~bob", ["cem"], .badRequest),
        ("dm:ada~bob", ["bob", "cem"], .badRequest), ("dm:ada", [], .badRequest),
        ("dm:ada~ada", ["ada"], .badRequest), ("general", ["bob"], .badRequest),
        ("dm:ada~b~c", ["b~c"], .badRequest),
        ("dm:ada~b1~b2~b3~b4~b5~b6~b7~b8", (1...8).map { "b\($0)" }, .badRequest),
    ]

    @Test("The name says exactly who is in it, two to eight", arguments: names)
    func misnamed(name: String, members: [String], code: RejectionCode) throws {
        var room = try RoomScript(name)
        let wish = RoomWish(visibility: .direct, members: members)
        #expect(room.refusal("ada", .create(wish)) == code)
        #expect(room.records.isEmpty)
    }

    @Test("Eight are not too many")
    func eight() throws {
        var room = try RoomScript("dm:ada~b1~b2~b3~b4~b5~b6~b7")
        try room.create("ada", .direct, members: (1...7).map { "b\($0)" })
        #expect(room.log.roster.count == 8)
    }

    @Test("A direct room's name is nobody's before it is created, and never a public room's")
    func reserved() throws {
        var room = try RoomScript("dm:ada~bob")
        let post = ChatCommand.post(content: "hi", kind: .text, thread: nil)
        room.grants["mod"] = RoomScript.moderate
        for user in ["ada", "eve", "mod"] {
            #expect(room.refusal(user, post) == .notFound)
            #expect(room.refusal(user, .access) == .notFound)
            #expect(room.refusal(user, .enter) == .notFound)
            #expect(room.refusal(user, .create(RoomWish(visibility: .public))) == .badRequest)
            #expect(room.refusal(user, .create(RoomWish(visibility: .private))) == .badRequest)
        }
    }

    @Test("Nothing of its membership changes, and a granted moderator is an outsider")
    func fixed() throws {
        var room = try RoomScript("dm:ada~bob")
        try room.create("ada", .direct, members: ["bob"])
        let commands: [ChatCommand] = [
            .exit, .invite(user: "eve", role: .member), .kick(user: "bob", reason: nil),
            .ban(user: "bob", until: nil, reason: nil), .unban(user: "bob"),
            .mute(user: "bob", until: nil), .unmute(user: "bob"),
            .role(user: "bob", role: .owner), .update(RoomWish(visibility: .public)),
        ]
        room.grants["mod"] = RoomScript.moderate
        for command in commands {
            #expect(room.refusal("ada", command) == .forbidden, "\(command)")
            #expect(room.refusal("mod", command) == .notFound, "\(command)")
        }
        #expect(try room.ask("ada", .enter).events.isEmpty)
        #expect(room.refusal("mod", .access) == .notFound)
    }

    @Test("Everyone in it pins; only the author deletes")
    func rights() throws {
        var room = try RoomScript("dm:ada~bob")
        try room.create("ada", .direct, members: ["bob"])
        let message = try room.post("ada")
        #expect(room.refusal("bob", .pin(message: message)) == nil)
        #expect(room.refusal("bob", .delete(message: message)) == .forbidden)
        room.grants["bob"] = RoomScript.moderate
        #expect(room.refusal("bob", .delete(message: message)) == .forbidden)
        #expect(room.refusal("ada", .delete(message: message)) == nil)
    }
}
