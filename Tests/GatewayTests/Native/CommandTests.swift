import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, clients can't tell which answer is whose, or a bad one harms the hub.
@Suite("Commands of the native protocol", .serialized)
struct CommandTests {
    @Test("An id comes back as it was")
    func ids() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            let longest = String(repeating: "i", count: 64)
            for id: JSON in [
                0, -7, .int(.max), .int(.min), "x", "", .string(longest), "\u{1F600}\n",
            ] {
                try ada.send(["id": id, "action": "ping"])
                #expect(try ada.next()["id"] == id)
            }
        }
    }

    @Test("What can't be an id is refused without one")
    func badIDs() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            let long = String(repeating: "i", count: 65)
            for id in ["true", "[1]", "{}", "1.5", "1e400", "18446744073709551616", "\"\(long)\""] {
                try ada.send(text: "{\"id\":\(id),\"action\":\"ping\"}")
                let reply = try ada.next()
                #expect(reply.code == "bad_request", "\(id)")
                #expect(reply["id"] == .null, "\(id)")
            }
        }
    }

    @Test("Without an id only refusals are answered, and null is no id")
    func noID() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            try ada.send(["action": "ping"])
            try ada.send(["id": .null, "action": "ping"])
            try ada.send(["action": "nonsense", "topic": "room:a"])
            let reply = try ada.next()
            #expect(reply.code == "unknown_action")
            #expect(reply["id"] == .null)
            try ada.roundTrip()
            #expect(ada.messages.isEmpty)
        }
    }

    @Test("An action that there is none of is told apart from one that lacks its topic")
    func unknownAction() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            for action in ["nonsense", "", "Post", "access", "markRead"] {
                #expect(try ada.ask(action).code == "unknown_action", "\(action)")
                #expect(try ada.ask(action, "room:a").code == "unknown_action", "\(action)")
            }
            for action in ["post", "history", "join", "leave", "read"] {
                #expect(try ada.ask(action).code == "bad_request", "\(action)")
            }
        }
    }

    @Test("What is no command is refused, and the session goes on")
    func malformed() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
            for text in [
                "", " ", "{", "nonsense", "7", "null", "\"x\"", "{}", "{\"action\":7}", "[]", deep,
                "{\"action\":\"ping\",\"x\":\(deep)}", "{\"action\":\"ping\"} x",
                "{\"action\":\"join\",\"topic\":7}", "{\"action\":\"join\",\"topic\":\"nope\"}",
                "{\"action\":\"join\"}", "{\"action\":\"leave\"}", "{\"action\":\"post\"}",
                "{\"action\":\"ping\",\"key\":\"\"}", "{\"action\":\"ping\",\"key\":7}",
                "{\"action\":\"access\",\"topic\":\"room:a\"}", "{\"action\":\"refresh\"}",
            ] {
                try ada.send(text: text)
                #expect(try ada.next()["error"] != nil, "\(text)")
            }
            try ada.roundTrip()
        }
    }

    @Test("A hundred in a row that are no commands end the session; one that is begins anew")
    func tooMany() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            for _ in 0..<99 { try ada.send(text: "{") }
            try ada.roundTrip()
            for _ in 0..<100 { try ada.send(text: "{") }
            #expect(try ada.closing() == 4502)
            let batch = try ClientWebSocket(hub)
            try batch.send(.array(Array(repeating: 7, count: 101)))
            #expect(try batch.closing() == 4502)
            try ClientWebSocket(hub).roundTrip()
        }
    }

    @Test("A batch is answered by one batch, in order, without those that want no answer")
    func batch() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            try ada.send([
                ["id": 1, "action": "join", "topic": "room:a"],
                ["action": "ping"],
                ["id": 2, "action": "post", "topic": "room:a", "data": ["content": "x"]],
                ["action": "nonsense", "topic": "room:a"],
                7,
                ["id": 3, "action": "ping"],
            ])
            let replies = try #require(try ada.first("the batch") { $0.array != nil }.array)
            #expect(replies.map { $0["id"] } == [1, 2, .null, .null, 3])
            #expect(replies.map { $0["ok"] != nil } == [true, true, false, false, true])
            #expect(try ada.event("message").offset == 1)
            try ada.send([["action": "ping"], ["action": "ping"]])
            try ada.roundTrip()
            #expect(ada.messages.isEmpty)
        }
    }

    @Test("A batch of large questions is answered within a bound; what it stores is told")
    func largeReplies() async throws {
        let topic = try TopicID("room:a")
        let archive = InMemoryChatArchive { Timestamp(milliseconds: 1) }
        for number in Int64(1)...20 {
            let message = Message(
                id: RecordID(number),
                room: "a",
                user: "ada",
                content: String(repeating: "x", count: 16_000),
                kind: .text,
                timestamp: Timestamp(milliseconds: number),
                number: number
            )
            let draft = Draft(
                id: message.id,
                author: "ada",
                at: message.timestamp,
                key: nil,
                event: ChatEvent.message(message)
            )
            archive.absorb([Record(draft, offset: Offset(number))], of: topic)
        }
        var settings = HubUnderTest.Settings()
        settings.archive = archive
        try await HubUnderTest.with(settings) { hub in
            let ada = try ClientWebSocket(hub)
            var commands: [JSON] = (0..<100).map {
                ["id": .int($0), "action": "history", "topic": "room:a", "limit": 200]
            }
            commands.append([
                "id": 100, "action": "post", "topic": "room:a", "data": ["content": "hi"],
            ])
            try ada.send(.array(commands))
            let batch = try ada.first("the batch") { $0.array != nil }
            #expect(batch.encoded().count < NativeBatch.bytesMaximum + 101 * 1_024)
            let replies = try #require(batch.array)
            #expect(replies.map { $0["id"] } == (0...100).map { .int($0) })
            #expect(replies[100]["ok"]?["messageId"] != nil)
            let refused = replies.filter { $0["error"] != nil }
            #expect(replies.contains { $0["ok"]?["messages"] != nil })
            #expect(!refused.isEmpty)
            #expect(refused.allSatisfy { $0.code == "too_large" })
        }
    }

    @Test("A batch over the bound is refused as a whole")
    func largeBatch() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            let ping: JSON = ["id": 1, "action": "ping"]
            try ada.send(.array(Array(repeating: ping, count: 257)))
            #expect(try ada.next().code == "too_large")
            try ada.send(.array(Array(repeating: ping, count: 256)))
            #expect(try ada.next().array?.count == 256)
        }
    }

    @Test("Binary, broken text and oversized messages close with their codes")
    func closing() async throws {
        try await HubUnderTest.with { hub in
            let binary = try ClientWebSocket(hub)
            try binary.send(.binary, Array("{\"action\":\"ping\"}".utf8))
            #expect(try binary.closing() == 1003)
            let broken = try ClientWebSocket(hub)
            try broken.send(.text, [0x7B, 0xC3, 0x28])
            #expect(try broken.closing() == 1007)
            let large = try ClientWebSocket(hub)
            try large.send(.text, Array(repeating: 0x20, count: 262_145))
            #expect(try large.closing() == 1009)
            let unmasked = try ClientWebSocket(hub)
            try unmasked.socket.send(FrameEncoder.text("{}"))
            #expect(try unmasked.closing() == 1002)
            let largest = try ClientWebSocket(hub)
            let padding = Array(repeating: UInt8(0x20), count: 262_144 - 25)
            try largest.send(.text, padding + Array("{\"id\":1,\"action\":\"ping\"}".utf8))
            #expect(try largest.next()["id"] == 1)
        }
    }

    @Test("A close is answered with the same code")
    func orderly() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            try ada.socket.send(FrameEncoder.close(CloseStatus(.goingAway), mask: MaskingKey(7)))
            #expect(try ada.closing() == 1001)
            #expect(hub.settles { hub.instruments.connections["websocket"].value == 0 })
        }
    }

    @Test("More commands under way than a connection may have are refused as busy")
    func pending() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        settings.links.pendingMaximum = 5
        try await HubUnderTest.with(settings) { hub in
            let ada = try ClientWebSocket(hub)
            journal.holdAppends()
            let post: JSON = ["data": ["content": "x"]]
            let ids = try (0..<8).map { _ in try ada.begin("post", "room:a", post) }
            for id in ids.suffix(3) { #expect(try ada.reply(id).code == "busy") }
            journal.letGo()
            for id in ids.prefix(5) { #expect(try ada.reply(id)["ok"] != nil) }
            // What was refused is not counted as under way for ever.
            for _ in 0..<20 { #expect(try ada.post("y", in: "room:a")["ok"] != nil) }
        }
    }
}
