import Testing

@testable import Hub

@Suite("Members and roles")
struct MembershipTests {
    @Test("Entering and leaving are told and announced, and repeated wishes change nothing")
    func enterAndExit() throws {
        var room = try RoomScript()
        try room.create()
        let entered = try room.ask("bob", .enter)
        #expect(entered.types == ["member_joined"])
        #expect(entered.announcement == "bob joined.")
        #expect(entered.noticed == ["room_added bob"])
        #expect(try room.ask("bob", .enter).events.isEmpty)
        let left = try room.ask("bob", .exit)
        #expect(left.events.map(\.event).first == .memberLeft(user: "bob", reason: .left))
        #expect(left.announcement == "bob left.")
        #expect(left.noticed == ["room_removed bob"])
        #expect(left.expelled.isEmpty)
        #expect(try room.ask("bob", .exit).events.isEmpty)
        #expect(room.member("bob") == nil)
    }

    @Test("Leaving a private room ends what was joined there")
    func exitPrivate() throws {
        var room = try RoomScript()
        try room.create("ada", .private, members: ["bob"])
        let left = try room.ask("bob", .exit)
        #expect(left.expelled.map(\.user) == ["bob"])
        #expect(left.expelled.map(\.reason) == ["private"])
        #expect(room.refusal("bob", .access) == .notFound)
    }

    @Test("The last owner neither leaves nor is demoted while others are there")
    func lastOwner() throws {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob"])
        #expect(room.refusal("ada", .exit) == .conflict)
        #expect(room.refusal("ada", .role(user: "ada", role: .member)) == .conflict)
        try room.ask("ada", .role(user: "bob", role: .owner))
        try room.ask("bob", .role(user: "ada", role: .member))
        #expect(room.member("ada") == .member)
        try room.ask("ada", .exit)
        #expect(room.refusal("bob", .exit) == nil)
        #expect(room.log.roster.count == 0)
    }

    @Test("Members invite members; only owners give roles")
    func invite() throws {
        var room = try RoomScript()
        try room.create("ada", .private, members: ["bob"])
        let invited = try room.ask("bob", .invite(user: "cem", role: .member))
        #expect(invited.types == ["member_joined"])
        #expect(invited.announcement == "bob added cem.")
        #expect(invited.noticed == ["room_added cem"])
        #expect(try room.ask("bob", .invite(user: "cem", role: .member)).events.isEmpty)
        #expect(room.refusal("bob", .invite(user: "dan", role: .moderator)) == .forbidden)
        #expect(room.refusal("ada", .invite(user: "dan", role: .moderator)) == nil)
        #expect(room.member("dan") == .moderator)
        #expect(room.refusal("dan", .invite(user: "eve", role: .moderator)) == .forbidden)
        try room.ask("ada", .ban(user: "eve", until: nil, reason: nil))
        #expect(room.refusal("bob", .invite(user: "eve", role: .member)) == .conflict)
    }

    @Test("In a public room outsiders don't invite")
    func invitePublic() throws {
        var room = try RoomScript()
        try room.create()
        #expect(room.refusal("eve", .invite(user: "cem", role: .member)) == .forbidden)
    }

    @Test("Owners change the roles of members, and a role that is had already changes nothing")
    func roles() throws {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob", "cem"])
        try room.ask("ada", .role(user: "bob", role: .moderator))
        #expect(try room.ask("ada", .role(user: "bob", role: .moderator)).events.isEmpty)
        #expect(room.refusal("bob", .role(user: "cem", role: .moderator)) == .forbidden)
        #expect(room.refusal("cem", .role(user: "cem", role: .owner)) == .forbidden)
        #expect(room.refusal("ada", .role(user: "eve", role: .member)) == .notFound)
        room.grants["mod"] = RoomScript.moderate
        #expect(room.refusal("mod", .role(user: "cem", role: .owner)) == .forbidden)
    }

    @Test("In a room without an owner a granted moderator makes one")
    func ownerless() throws {
        var room = try RoomScript()
        try room.post("ada")
        try room.ask("bob", .enter)
        #expect(room.refusal("bob", .role(user: "bob", role: .owner)) == .forbidden)
        room.grants["mod"] = RoomScript.moderate
        try room.ask("mod", .role(user: "bob", role: .owner))
        #expect(room.member("bob") == .owner)
    }

    @Test("Guests are members only where they are granted it, also if a member has their name")
    func guests() throws {
        var room = try RoomScript()
        try room.create("ada", .private, members: ["guest-eve"])
        room.guests = ["guest-eve"]
        #expect(room.refusal("guest-eve", .access) == nil)
        room.grants["guest-eve"] = Grants(
            rules: [Grants.Rule(pattern: "*", actions: ["join", "post", "create"])]
        )
        #expect(room.refusal("guest-eve", .access) == .notFound)
        var open = try RoomScript()
        open.guests = room.guests
        open.grants = room.grants
        #expect(open.refusal("guest-eve", .create(RoomWish(visibility: .public))) == .forbidden)
        try open.create()
        #expect(open.refusal("guest-eve", .enter) == .forbidden)
        let message = try open.post("guest-eve")
        #expect(open.refusal("guest-eve", .follow(thread: message)) == .forbidden)
        #expect(try open.ask("guest-eve", .exit).events.isEmpty)
    }

    @Test("Rooms of more than five hundred don't announce who comes and goes")
    func announcements() throws {
        var room = try RoomScript()
        try room.create()
        for number in 2...500 {
            let decision = try room.ask("u\(number)", .enter)
            #expect(decision.announcement != nil)
        }
        #expect(try room.ask("u501", .enter).announcement == nil)
        #expect(try room.ask("u501", .exit).announcement != nil)
    }

    @Test("A room takes twenty thousand members")
    func full() throws {
        var room = ChatLog(topic: try TopicID("room:general"))
        let time = Timestamp(milliseconds: 5)
        for number in 0..<20_000 {
            let joined = ChatEvent.memberJoined(user: "u\(number)", role: .member)
            room.apply(joined, id: RecordID(1), author: "ada", at: time)
        }
        let ids = RecordIDs()
        let ada = Principal(user: "ada", isGuest: false, grants: .everything)
        let one = Principal(user: "u1", isGuest: false, grants: .everything)
        for (who, command) in [(ada, ChatCommand.enter), (one, .invite(user: "x", role: .member))] {
            let rejection = #expect(throws: Rejection.self) {
                let request = Request(principal: who, at: time) { ids.next(at: time) }
                _ = try room.decide(command, request)
            }
            #expect(rejection?.code == .limitReached)
        }
    }
}
