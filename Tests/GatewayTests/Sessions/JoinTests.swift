import Hub
import Testing

@testable import Gateway

/// If these fail, members miss events, get them twice, or get none at all.
@Suite("Joining a topic", .serialized)
struct JoinTests {
    private static let topic = "room:a"

    private static func named(_ name: String) -> ClientWebSocket.Options {
        ClientWebSocket.Options(target: "/ws?name=\(name)")
    }

    private static func fill(_ hub: HubUnderTest, _ count: Int) throws -> ClientWebSocket {
        let writer = try ClientWebSocket(hub, named("writer"))
        for number in 1...count { try writer.post("\(number)", in: topic) }
        return writer
    }

    @Test("Without since only what comes later is sent")
    func live() async throws {
        try await HubUnderTest.with { hub in
            let writer = try Self.fill(hub, 5)
            let ada = try ClientWebSocket(hub)
            #expect(try ada.ask("join", Self.topic).offset == 5)
            try writer.post("6", in: Self.topic)
            #expect(try ada.event("message").offset == 6)
            #expect(ada.messages.isEmpty)
        }
    }

    @Test(
        "With since everything after it is sent behind the reply, and then what is live",
        arguments: [0, 1, 4, 5]
    )
    func since(offset: UInt64) async throws {
        try await HubUnderTest.with { hub in
            let writer = try Self.fill(hub, 5)
            let ada = try ClientWebSocket(hub)
            let epoch = try Position(try ada.ask("join", Self.topic).position).epoch
            try ada.ask("leave", Self.topic)
            let since = Position(epoch: epoch, offset: offset).description
            let id = try ada.begin("join", Self.topic, ["since": .string(since)])
            try writer.post("6", in: Self.topic)
            let first = try ada.next()
            #expect(first["id"] == id)
            #expect(first["ok"]?["reset"] == nil)
            for expected in (offset + 1)...6 {
                #expect(try ada.next().offset == expected)
            }
        }
    }

    @Test("Since 0 sends everything there is, over many pages")
    func beginning() async throws {
        var settings = HubUnderTest.Settings()
        settings.links.pageMaximum = 7
        try await HubUnderTest.with(settings) { hub in
            let writer = try Self.fill(hub, 50)
            let ada = try ClientWebSocket(hub)
            let reply = try ada.ask("join", Self.topic, ["since": "0"])
            #expect(reply.offset == 50)
            #expect(reply["ok"]?["reset"] == nil)
            try writer.post("51", in: Self.topic)
            for expected in 1...51 { #expect(try ada.event("message").offset == UInt64(expected)) }
        }
    }

    @Test("A position of another epoch or beyond the head begins anew", arguments: [true, false])
    func reset(isForeign: Bool) async throws {
        try await HubUnderTest.with { hub in
            _ = try Self.fill(hub, 3)
            let ada = try ClientWebSocket(hub)
            var position = try Position(try ada.ask("join", Self.topic).position)
            if isForeign {
                position = Position(epoch: Epoch(position.epoch.number ^ 1), offset: 2)
            } else {
                position.offset = 4
            }
            let reply = try ada.ask("join", Self.topic, ["since": .string(position.description)])
            #expect(reply["ok"]?["reset"] == true)
            for expected in 1...3 { #expect(try ada.event("message").offset == UInt64(expected)) }
        }
    }

    @Test(
        "A since that is no position is refused",
        arguments: ["", "x", "1:", ":1", "1:-1", "1:1:1"]
    )
    func malformed(since: String) async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            let reply = try ada.ask("join", Self.topic, ["since": .string(since)])
            #expect(reply.code == "bad_request")
            #expect(try ada.ask("leave", Self.topic).code == "not_joined")
        }
    }

    @Test("After leaving nothing more comes, and leaving again is refused")
    func leave() async throws {
        try await HubUnderTest.with { hub in
            let writer = try Self.fill(hub, 1)
            let ada = try ClientWebSocket(hub)
            try ada.ask("join", Self.topic)
            #expect(try ada.ask("leave", Self.topic)["ok"] != nil)
            #expect(try ada.ask("leave", Self.topic).code == "not_joined")
            try writer.post("2", in: Self.topic)
            try ada.roundTrip()
            #expect(ada.messages.isEmpty)
            #expect(hub.settles { hub.instruments.subscriptions.value == 0 })
        }
    }

    @Test("Joins of one topic that overtake each other leave one subscription, the last")
    func overlapping() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        try await HubUnderTest.with(settings) { hub in
            let writer = try Self.fill(hub, 3)
            let ada = try ClientWebSocket(hub)
            try ada.ask("join", Self.topic)
            journal.holdAppends()
            let posted = try writer.begin("post", Self.topic, ["data": ["content": "4"]])
            #expect(hub.settles { journal.waitingAppends == 1 })
            let second = try ada.begin("join", Self.topic, ["since": "0"])
            let third = try ada.begin("join", Self.topic, ["since": "0"])
            try ada.roundTrip()
            journal.letGo()
            _ = try writer.reply(posted)
            #expect(try ada.reply(second)["ok"] != nil || true)
            #expect(try ada.reply(third)["ok"] != nil)
            try writer.post("5", in: Self.topic)
            _ = try ada.first("the last") { $0.offset == 5 && $0["event"] != nil }
            try ada.roundTrip()
            let offsets = ada.messages.compactMap(\.offset)
            #expect(offsets.suffix(4) == [1, 2, 3, 4])
            #expect(hub.settles { hub.instruments.subscriptions.value == 1 })
            #expect(try ada.ask("leave", Self.topic)["ok"] != nil)
            #expect(hub.settles { hub.instruments.subscriptions.value == 0 })
        }
    }

    @Test("A join that waits while the last member of its loop leaves hears what follows")
    func seatsAreKept() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        settings.loops = 1
        try await HubUnderTest.with(settings) { hub in
            let writer = try Self.fill(hub, 1)
            let (ada, bob) = (try ClientWebSocket(hub), try ClientWebSocket(hub))
            let cid = try ClientWebSocket(hub)
            try ada.ask("join", Self.topic)
            journal.holdAppends()
            let posted = try writer.begin("post", Self.topic, ["data": ["content": "2"]])
            #expect(hub.settles { journal.waitingAppends == 1 })
            let bobs = try bob.begin("join", Self.topic)
            try bob.roundTrip()
            try ada.ask("leave", Self.topic)
            let cids = try cid.begin("join", Self.topic)
            try cid.roundTrip()
            journal.letGo()
            _ = try (writer.reply(posted), bob.reply(bobs), cid.reply(cids))
            try writer.post("3", in: Self.topic)
            #expect(try cid.event("message").offset == 3)
            #expect(try bob.event("message").offset == 3)
        }
    }

    @Test("A join whose connection ends before the answer leaves nobody behind")
    func endsWhileJoining() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        settings.topics.presenceGrace = .milliseconds(10)
        try await HubUnderTest.with(settings) { hub in
            let writer = try Self.fill(hub, 1)
            let ada = try ClientWebSocket(hub, Self.named("ada"))
            journal.holdAppends()
            try writer.begin("post", Self.topic, ["data": ["content": "2"]])
            #expect(hub.settles { journal.waitingAppends == 1 })
            try ada.begin("join", Self.topic, ["presence": true])
            try ada.roundTrip()
            ada.socket.cut()
            #expect(hub.settles { hub.instruments.connections["websocket"].value == 1 })
            journal.letGo()
            let counted = hub.settles {
                (try? writer.ask("presence", Self.topic))?["ok"]?["count"] == 0
            }
            #expect(counted)
            #expect(hub.instruments.subscriptions.value == 0)
        }
    }

    @Test("A join beside the repetition of a command is not refused")
    func besideRepetition() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        settings.topics.recentKeysMaximum = 0
        try await HubUnderTest.with(settings) { hub in
            let writer = try ClientWebSocket(hub, Self.named("writer"))
            let again: JSON = ["key": "k1", "data": ["content": "once"]]
            let first = try writer.ask("post", Self.topic, again)
            let ada = try ClientWebSocket(hub)
            try ada.roundTrip()
            journal.holdAppends()
            try writer.begin("post", Self.topic, ["data": ["content": "two"]])
            #expect(hub.settles { journal.waitingAppends == 1 })
            let repeated = try writer.begin("post", Self.topic, again)
            try writer.roundTrip()
            let joining = try ada.begin("join", Self.topic)
            try ada.roundTrip()
            journal.letGo()
            #expect(try writer.reply(repeated).position == first.position)
            #expect(try ada.reply(joining).offset == 2)
        }
    }

    @Test("Who joins and posts in one breath sees the post")
    func joinAndPost() async throws {
        try await HubUnderTest.with { hub in
            // Whichever loop the topic and the connection are on.
            for number in 0..<20 {
                let topic = "room:breath\(number)"
                let ada = try ClientWebSocket(hub)
                try ada.send([
                    ["id": "join", "action": "join", "topic": .string(topic)],
                    [
                        "id": "post", "action": "post", "topic": .string(topic),
                        "data": ["content": "x"],
                    ],
                ])
                let replies = try ada.first("the batch") { $0.array != nil }
                #expect(replies.array?.compactMap(\.offset) == [0, 1])
                #expect(try ada.event("message").offset == 1)
            }
        }
    }

    @Test("No more topics than the limit are joined, and joining one again is no other")
    func limit() async throws {
        var settings = HubUnderTest.Settings()
        settings.links.topicsMaximum = 2
        try await HubUnderTest.with(settings) { hub in
            let ada = try ClientWebSocket(hub)
            #expect(try ada.ask("join", "room:a")["ok"] != nil)
            #expect(try ada.ask("join", "room:b")["ok"] != nil)
            #expect(try ada.ask("join", "room:c").code == "limit_reached")
            #expect(try ada.ask("join", "room:b")["ok"] != nil)
            try ada.ask("leave", "room:a")
            #expect(try ada.ask("join", "room:c")["ok"] != nil)
        }
    }
}

extension JSON {
    /// The position of a reply, as text.
    var position: String { self["ok"]?["position"]?.string ?? "" }
}
