import Testing

@testable import Hub

@Suite("Kicks, bans and mutes")
struct SanctionTests {
    private func room() throws -> RoomScript {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob", "mia", "moe"])
        try room.ask("ada", .role(user: "mia", role: .moderator))
        try room.ask("ada", .role(user: "moe", role: .moderator))
        return room
    }

    private static let sanctions: [(String, ChatCommand)] = ["bob", "mia", "ada", "eve"].flatMap {
        [
            ($0, .kick(user: $0, reason: nil)), ($0, .ban(user: $0, until: nil, reason: nil)),
            ($0, .mute(user: $0, until: nil)),
        ]
    }

    @Test("Only those above may act, and never on themselves", arguments: sanctions)
    func authority(target: String, command: ChatCommand) throws {
        var room = try room()
        room.grants["mod"] = RoomScript.moderate
        for (actor, reach) in [
            ("bob", []), ("eve", []), ("moe", ["bob", "eve"]), ("mod", ["bob", "eve"]),
            ("mia", ["bob", "eve"]), ("ada", ["bob", "mia", "eve"]),
        ] {
            var copy = room
            let isKickOfOutsider = target == "eve" && command == .kick(user: "eve", reason: nil)
            let refusal = copy.refusal(actor, command)
            if reach.contains(target) {
                #expect(refusal == (isKickOfOutsider ? .notFound : nil), "\(actor)")
            } else {
                #expect(refusal == .forbidden, "\(actor)")
            }
        }
    }

    @Test("Who is banned is listed in pages, to moderators alone, while the ban holds")
    func bans() throws {
        var room = try room()
        let soon = Timestamp(milliseconds: room.now.milliseconds + 10)
        for user in ["eve", "bob", "zoe"] {
            try room.ask("mia", .ban(user: user, until: nil, reason: nil))
        }
        try room.ask("mia", .ban(user: "cem", until: soon, reason: "spam"))
        let all = try room.ask("moe", .bans(after: nil, limit: 100)).reply
        #expect(
            all["bans"]?.array?.compactMap { $0["userId"]?.string } == [
                "bob", "cem", "eve", "zoe",
            ]
        )
        #expect(
            all["bans"]?.array?.map { $0["until"] } == [
                .null, .int(soon.milliseconds), .null, .null,
            ]
        )
        let page = try room.ask("ada", .bans(after: "bob", limit: 2)).reply
        #expect(page["bans"]?.array?.compactMap { $0["userId"]?.string } == ["cem", "eve"])
        #expect(page["more"] == true)
        room.now = soon
        try room.ask("mia", .unban(user: "eve"))
        let left = try room.ask("ada", .bans(after: nil, limit: 2)).reply
        #expect(left["bans"]?.array?.compactMap { $0["userId"]?.string } == ["bob", "zoe"])
        #expect(left["more"] == false)
        for outsider in ["cem", "nobody"] {
            #expect(room.refusal(outsider, .bans(after: nil, limit: 1)) == .forbidden)
        }
    }

    @Test("A kick removes, ends subscriptions and lets come again")
    func kick() throws {
        var room = try room()
        let decision = try room.ask("mia", .kick(user: "bob", reason: "spam"))
        #expect(decision.events.map(\.event).first == .memberLeft(user: "bob", reason: .kicked))
        #expect(decision.announcement == "mia removed bob (spam).")
        #expect(decision.expelled.map(\.user) == ["bob"])
        #expect(decision.expelled.map(\.reason) == ["kicked"])
        #expect(decision.noticed == ["room_removed bob"])
        #expect(room.refusal("bob", .enter) == nil)
    }

    @Test("A ban removes a member and keeps reading and writing from anyone until it ends")
    func ban() throws {
        var room = try room()
        let until = Timestamp(milliseconds: room.now.milliseconds + 10_000)
        let decision = try room.ask("mia", .ban(user: "bob", until: until, reason: "r"))
        #expect(decision.types == ["member_banned", "member_left"])
        #expect(decision.announcement == "mia banned bob (r).")
        #expect(decision.expelled.map(\.reason) == ["banned"])
        #expect(decision.noticed == ["room_removed bob"])
        for command: ChatCommand in [.access, .enter, .room, .typing(isActive: true)] {
            #expect(room.refusal("bob", command) == .banned)
        }
        #expect(try room.ask("mia", .ban(user: "bob", until: until, reason: "r")).events.isEmpty)
        #expect(try room.ask("mia", .ban(user: "bob", until: nil, reason: nil)).types.count == 1)
        try room.ask("moe", .unban(user: "bob"))
        #expect(try room.ask("moe", .unban(user: "bob")).events.isEmpty)
        #expect(room.refusal("bob", .access) == nil)
        try room.ask("mia", .ban(user: "bob", until: until, reason: nil))
        #expect(room.refusal("bob", .access) == .banned)
        room.now = until
        #expect(room.refusal("bob", .access) == nil)
    }

    @Test("An outsider is banned without being announced; a granted moderator can't be kept out")
    func banOutsider() throws {
        var room = try room()
        let decision = try room.ask("ada", .ban(user: "eve", until: nil, reason: nil))
        #expect(decision.types == ["member_banned"])
        #expect(decision.announcement == nil)
        #expect(decision.expelled.map(\.user) == ["eve"])
        #expect(room.refusal("eve", .post(content: "a", kind: .text, thread: nil)) == .banned)
        room.grants["eve"] = RoomScript.moderate
        #expect(room.refusal("eve", .access) == nil)
        #expect(room.refusal("eve", .enter) == .conflict)
        try room.ask("eve", .unban(user: "eve"))
        #expect(room.refusal("eve", .enter) == nil)
    }

    @Test("Who is muted reads, deletes and leaves, but doesn't write, also after coming back")
    func mute() throws {
        var room = try room()
        let own = try room.post("bob")
        let until = Timestamp(milliseconds: room.now.milliseconds + 10_000)
        try room.ask("mia", .mute(user: "bob", until: until))
        #expect(try room.ask("mia", .mute(user: "bob", until: until)).events.isEmpty)
        let writing: [ChatCommand] = [
            .post(content: "a", kind: .text, thread: nil), .edit(message: own, content: "b"),
            .react(message: own, emoji: "x"), .typing(isActive: true),
        ]
        for command in writing { #expect(room.refusal("bob", command) == .muted) }
        #expect(room.refusal("bob", .access) == nil)
        try room.ask("bob", .exit)
        try room.ask("bob", .enter)
        for command in writing { #expect(room.refusal("bob", command) == .muted) }
        #expect(room.refusal("bob", .delete(message: own)) == nil)
        room.now = until
        #expect(room.refusal("bob", writing[0]) == nil)
        try room.ask("mia", .mute(user: "bob", until: nil))
        #expect(room.refusal("bob", writing[0]) == .muted)
        try room.ask("mia", .unmute(user: "bob"))
        #expect(try room.ask("mia", .unmute(user: "bob")).events.isEmpty)
        #expect(room.refusal("bob", writing[0]) == nil)
    }

    @Test("A ban or mute that is over already is refused")
    func past() throws {
        var room = try room()
        let past = room.now
        #expect(room.refusal("ada", .ban(user: "bob", until: past, reason: nil)) == .badRequest)
        #expect(room.refusal("ada", .mute(user: "bob", until: past)) == .badRequest)
    }

    @Test("Bans are bounded, and those that are over make room for more")
    func bounded() {
        var sanctions = Sanctions()
        let start = Timestamp(milliseconds: 0)
        let end = Timestamp(milliseconds: 10)
        for number in 0..<ChatLimits.sanctions {
            #expect(!sanctions.isFull(at: start))
            sanctions.set("u\(number)", until: number == 0 ? nil : end, at: start)
        }
        #expect(sanctions.isFull(at: start))
        #expect(!sanctions.isFull(at: end))
        sanctions.set("one more", until: nil, at: end)
        #expect(sanctions.list.map(\.user) == ["one more", "u0"])
    }
}
