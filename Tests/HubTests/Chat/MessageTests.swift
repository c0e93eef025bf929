import Testing

@testable import Hub

@Suite("Messages")
struct MessageTests {
    private func room(_ visibility: RoomProfile.Visibility = .public) throws -> RoomScript {
        var room = try RoomScript()
        try room.create("ada", visibility, members: ["bob", "mia"])
        try room.ask("ada", .role(user: "mia", role: .moderator))
        return room
    }

    @Test("A post is numbered, answered with its id and ends its author's typing")
    func post() throws {
        var room = try room()
        let first = try room.ask("bob", .post(content: "hi", kind: .image, thread: nil))
        guard case .message(let message)? = first.events.first?.event else {
            Issue.record("A post makes a message.")
            return
        }
        #expect(message.id == first.events[0].id)
        #expect(first.reply == ["messageId": .string(message.id.description)])
        #expect(ChatLog.reply(repeating: room.records[room.records.count - 1]) == first.reply)
        #expect(message.room == "general")
        #expect(message.kind == .image)
        #expect(message.timestamp == room.now)
        guard case .ends("typing:bob")? = first.ephemeral.first?.change else {
            Issue.record("A post ends typing.")
            return
        }
        let number = message.number
        let second = try room.post("eve")
        #expect(try room.ask("eve", .locate(message: second)).reply["number"] == .int(number + 1))
    }

    @Test("A reply answers a message of this room that is itself no reply")
    func reply() throws {
        var room = try room()
        let root = try room.post("ada")
        let reply = try room.post("bob", thread: root)
        let toReply = ChatCommand.post(content: "a", kind: .text, thread: reply)
        #expect(room.refusal("ada", toReply) == .badRequest)
        let toNothing = ChatCommand.post(content: "a", kind: .text, thread: RecordID(1))
        #expect(room.refusal("ada", toNothing) == .notFound)
        try room.ask("ada", .delete(message: root))
        #expect(throws: Never.self) { try room.post("bob", thread: root) }
    }

    @Test("Only the author edits, and never a tombstone or what the system wrote")
    func edit() throws {
        var room = try room()
        let message = try room.post("bob", "a @mia")
        #expect(room.refusal("ada", .edit(message: message, content: "b")) == .forbidden)
        let decision = try room.ask("bob", .edit(message: message, content: "b @mia @eve"))
        #expect(decision.types == ["message_edited"])
        #expect(decision.noticed == ["mentioned eve"])
        #expect(room.refusal("bob", .edit(message: RecordID(1), content: "b")) == .notFound)
        try room.ask("bob", .delete(message: message))
        #expect(room.refusal("bob", .edit(message: message, content: "b")) == .conflict)
        let entered = try room.ask("cem", .enter)
        let system = entered.events[1].id
        #expect(room.refusal("cem", .edit(message: system, content: "b")) == .forbidden)
        #expect(room.refusal("cem", .delete(message: system)) == .forbidden)
        #expect(room.refusal("mia", .delete(message: system)) == nil)
    }

    @Test("Authors and moderators delete; a pin goes with its message; again is nothing new")
    func delete() throws {
        var room = try room()
        let message = try room.post("bob")
        try room.ask("mia", .pin(message: message))
        #expect(room.refusal("eve", .delete(message: message)) == .forbidden)
        let decision = try room.ask("mia", .delete(message: message))
        #expect(decision.types == ["message_deleted", "message_unpinned"])
        #expect(try room.ask("bob", .delete(message: message)).events.isEmpty)
        #expect(room.log.pins.isEmpty)
        #expect(room.refusal("bob", .react(message: message, emoji: "x")) == .conflict)
        #expect(room.refusal("mia", .pin(message: message)) == .conflict)
    }

    @Test("A mention tells anyone in a public room and members elsewhere, never the author")
    func mentions() throws {
        var open = try room()
        let content = "@bob @eve @ada @all"
        let decision = try open.ask("ada", .post(content: content, kind: .text, thread: nil))
        #expect(decision.noticed == ["mentioned bob", "mentioned eve"])
        let payload = try JSONParser.parse(decision.notices[0].ephemeral.payload)
        #expect(payload["topic"] == "room:general")
        #expect(payload["messageId"] == decision.reply["messageId"])
        #expect(payload["by"] == "ada")
        var closed = try room(.private)
        let inside = try closed.ask("ada", .post(content: content, kind: .text, thread: nil))
        #expect(inside.noticed == ["mentioned bob"])
        guard case .message(let message)? = inside.events.first?.event else {
            Issue.record("A post makes a message.")
            return
        }
        #expect(message.mentions == ["bob"])
    }

    @Test("Typing is shown for five seconds and not stored")
    func typing() throws {
        var room = try room()
        let records = room.records.count
        let decision = try room.ask("eve", .typing(isActive: true))
        let ephemeral = try #require(decision.ephemeral.first)
        #expect(ephemeral.event == "typing")
        #expect(ephemeral.payload == Array(#"{"userId":"eve","active":true}"#.utf8))
        guard case .begins(let lapse) = ephemeral.change else {
            Issue.record("Typing begins a state.")
            return
        }
        #expect(lapse.key == "typing:eve")
        #expect(lapse.after == .seconds(5))
        #expect(lapse.payload == Array(#"{"userId":"eve","active":false}"#.utf8))
        _ = try room.ask("eve", .typing(isActive: false))
        #expect(room.records.count == records)
    }

    @Test("Facts that went out of memory are fetched; what is known isn't asked for")
    func needs() throws {
        var room = try room()
        let old = try room.post("bob")
        #expect(room.log.needs(.edit(message: old, content: "b")).isEmpty)
        for _ in 0..<RecentMessages.maximum { try room.post("ada") }
        #expect(room.log.needs(.edit(message: old, content: "b")) == [old])
        #expect(room.log.needs(.post(content: "a", kind: .text, thread: nil)).isEmpty)
        #expect(room.log.needs(.post(content: "a", kind: .text, thread: old)) == [old])
        #expect(room.refusal("bob", .edit(message: old, content: "b")) == nil)
        #expect(room.refusal("bob", .react(message: old, emoji: "x")) == nil)
        #expect(try room.ask("bob", .react(message: old, emoji: "x")).events.isEmpty)
    }

    @Test("Within a turn a fetched fact follows the events, and no fact is lost to new messages")
    func turn() throws {
        var room = try room()
        let old = try room.post("bob")
        var log = room.log
        let ids = RecordIDs(node: 3)
        let at = Timestamp(milliseconds: room.now.milliseconds + 1)
        func request(_ user: String) -> Request {
            Request(principal: room.principal(user), at: at) { ids.next(at: at) }
        }
        for _ in 0..<(RecentMessages.maximum * 2) {
            let post = ChatCommand.post(content: "a", kind: .text, thread: nil)
            let event = try log.decide(post, request("ada")).events[0]
            log.apply(event.event, id: event.id, author: "ada", at: at)
        }
        let react = ChatCommand.react(message: old, emoji: "x")
        let reaction = try log.decide(react, request("ada")).events[0]
        log.settle()
        #expect(log.needs(react) == [old])
        log.learn(room.archive.facts([old], in: room.topic))
        log.apply(reaction.event, id: reaction.id, author: "ada", at: at)
        #expect(try log.decide(react, request("ada")).events.isEmpty)
        log.settle()
        #expect(log.learnt.isEmpty)
    }
}
