import Testing

@testable import Hub

@Suite("Reactions, pins and followed threads")
struct MarksTests {
    private func room() throws -> (RoomScript, RecordID) {
        var room = try RoomScript()
        try room.create("ada", .public, members: ["bob"])
        let message = try room.post("ada")
        return (room, message)
    }

    @Test("Reacting counts, and reacting twice or taking back nothing changes nothing")
    func react() throws {
        var (room, message) = try room()
        let react = ChatCommand.react(message: message, emoji: "👍")
        #expect(try room.ask("bob", react).reply == ["count": 1])
        let again = try room.ask("bob", react)
        #expect(again.events.isEmpty)
        #expect(again.reply == ["count": 1])
        #expect(try room.ask("eve", react).reply == ["count": 2])
        let unreact = ChatCommand.unreact(message: message, emoji: "👍")
        let undone = try room.ask("bob", unreact)
        #expect(undone.types == ["reaction_removed"])
        #expect(undone.reply == ["count": 1])
        #expect(ChatLog.reply(repeating: room.records[room.records.count - 1]) == undone.reply)
        #expect(try room.ask("bob", unreact).events.isEmpty)
        #expect(try room.ask("bob", .unreact(message: message, emoji: "x")).reply == ["count": 0])
    }

    @Test("A message has at most twenty kinds of reaction, and a thousand users of each")
    func bounded() throws {
        var (room, message) = try room()
        for number in 0..<20 {
            try room.ask("bob", .react(message: message, emoji: "e\(number)"))
        }
        #expect(room.refusal("bob", .react(message: message, emoji: "e20")) == .limitReached)
        #expect(room.refusal("eve", .react(message: message, emoji: "e0")) == nil)
        var log = room.log
        for number in 2...1000 {
            let reaction = ChatEvent.Reaction(
                message: message,
                emoji: "e1",
                user: "u\(number)",
                count: number
            )
            log.apply(.reactionAdded(reaction), id: RecordID(1), author: "u", at: room.now)
        }
        let at = room.now
        let request = Request(principal: room.principal("eve"), at: at) { RecordID(2) }
        let rejection = #expect(throws: Rejection.self) {
            _ = try log.decide(.react(message: message, emoji: "e1"), request)
        }
        #expect(rejection?.code == .limitReached)
    }

    @Test("Moderators pin at most fifty, in their order; repeated wishes change nothing")
    func pin() throws {
        var (room, message) = try room()
        #expect(room.refusal("bob", .pin(message: message)) == .forbidden)
        #expect(try room.ask("ada", .pin(message: message)).types == ["message_pinned"])
        #expect(try room.ask("ada", .pin(message: message)).events.isEmpty)
        var pinned = [message]
        for _ in 1..<50 {
            pinned.append(try room.post("ada"))
            try room.ask("ada", .pin(message: pinned[pinned.count - 1]))
        }
        let surplus = try room.post("ada")
        #expect(room.refusal("ada", .pin(message: surplus)) == .limitReached)
        let ids = try room.ask("eve", .access).reply["pins"]?.strings
        #expect(ids == pinned.map(\.description))
        try room.ask("ada", .unpin(message: message))
        #expect(try room.ask("ada", .unpin(message: message)).events.isEmpty)
        #expect(room.refusal("ada", .pin(message: surplus)) == nil)
        #expect(room.refusal("ada", .pin(message: RecordID(1))) == .notFound)
    }

    @Test("Threads are followed at their root, once")
    func follow() throws {
        var (room, root) = try room()
        let reply = try room.post("bob", thread: root)
        #expect(try room.ask("bob", .follow(thread: root)).types == ["thread_followed"])
        #expect(try room.ask("bob", .follow(thread: root)).events.isEmpty)
        #expect(room.refusal("bob", .follow(thread: reply)) == .badRequest)
        #expect(room.refusal("bob", .follow(thread: RecordID(1))) == .notFound)
        #expect(try room.ask("bob", .unfollow(thread: root)).types == ["thread_unfollowed"])
        #expect(try room.ask("bob", .unfollow(thread: root)).events.isEmpty)
    }
}
