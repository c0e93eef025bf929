import Hub
import Testing

@testable import Gateway

/// If these fail, people who were put out go on listening.
@Suite("Members that are put out", .serialized)
struct ExpulsionTests {
    private struct Room {
        let hub: HubUnderTest
        let owner: ClientWebSocket
        let bob: ClientWebSocket

        init(_ hub: HubUnderTest, members: JSON = []) throws {
            self.hub = hub
            owner = try ClientWebSocket(hub, .init(target: "/ws?name=owner"))
            bob = try ClientWebSocket(hub, .init(target: "/ws?name=bob"))
            let created = try owner.ask(
                "create",
                "room:r",
                ["data": ["visibility": "public", "members": members]]
            )
            try #require(created["ok"] != nil)
            try #require(try bob.ask("join", "room:r", ["presence": true])["ok"] != nil)
            try #require(try bob.ask("enter", "room:r")["ok"] != nil)
        }

        /// Bob's last sight of the room: the reason, and nothing behind it.
        func expectEnd(_ reason: String) throws {
            let ended = try bob.event("subscription_ended")
            #expect(ended["data"]?["reason"] == .string(reason))
            #expect(ended["topic"] == "room:r")
            _ = bob.take()
            try owner.post("after", in: "room:r")
            try bob.roundTrip()
            #expect(bob.messages.isEmpty)
            #expect(try bob.ask("leave", "room:r").code == "not_joined")
            #expect(hub.settles { hub.instruments.subscriptions.value == 0 })
        }
    }

    @Test("A kick ends the subscription; who is kicked may join again")
    func kick() async throws {
        try await HubUnderTest.with { hub in
            let room = try Room(hub)
            let kicked = try room.owner.ask("kick", "room:r", ["data": ["userId": "bob"]])
            #expect(kicked["ok"] != nil)
            try room.expectEnd("kicked")
            #expect(try room.bob.ask("join", "room:r")["ok"] != nil)
            try room.owner.post("again", in: "room:r")
            #expect(try room.bob.event("message")["data"]?["content"] == "again")
        }
    }

    @Test("A ban ends the subscription, and joining is refused")
    func ban() async throws {
        try await HubUnderTest.with { hub in
            let room = try Room(hub)
            #expect(try room.owner.ask("ban", "room:r", ["data": ["userId": "bob"]])["ok"] != nil)
            try room.expectEnd("banned")
            #expect(try room.bob.ask("join", "room:r").code == "banned")
        }
    }

    @Test("A room that becomes private keeps its members only")
    func becomesPrivate() async throws {
        try await HubUnderTest.with { hub in
            let room = try Room(hub)
            let passer = try ClientWebSocket(hub, .init(target: "/ws?name=passer"))
            try passer.ask("join", "room:r")
            let update: JSON = ["data": ["visibility": "private"]]
            #expect(try room.owner.ask("update", "room:r", update)["ok"] != nil)
            #expect(try passer.event("subscription_ended")["data"]?["reason"] == "private")
            #expect(try passer.ask("join", "room:r").code == "not_found")
            try room.owner.post("inside", in: "room:r")
            _ = try room.bob.first("the message") { $0["data"]?["content"] == "inside" }
            try passer.roundTrip()
            #expect(!passer.messages.contains { $0["data"]?["content"] == "inside" })
        }
    }

    @Test("A ban in the middle of catching up ends that too")
    func duringCatchUp() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        settings.links.pageMaximum = 2
        try await HubUnderTest.with(settings) { hub in
            let room = try Room(hub)
            for _ in 0..<10 { try room.owner.post("x", in: "room:r") }
            _ = room.bob.take()
            journal.holdReads()
            #expect(try room.bob.ask("join", "room:r", ["since": "0"])["ok"] != nil)
            #expect(hub.settles { journal.waitingReads == 1 })
            #expect(try room.owner.ask("ban", "room:r", ["data": ["userId": "bob"]])["ok"] != nil)
            #expect(try room.bob.event("subscription_ended")["data"]?["reason"] == "banned")
            _ = room.bob.take()
            journal.letGo()
            try room.owner.post("after", in: "room:r")
            try room.bob.roundTrip()
            #expect(room.bob.messages.isEmpty)
        }
    }

    @Test("A kick that crosses a new join of the same connection leaves the new one alive")
    func crossing() async throws {
        let journal = HeldJournal()
        var settings = HubUnderTest.Settings()
        settings.journal = journal
        try await HubUnderTest.with(settings) { hub in
            let room = try Room(hub)
            journal.holdAppends()
            let kick = try room.owner.begin("kick", "room:r", ["data": ["userId": "bob"]])
            #expect(hub.settles { journal.waitingAppends == 1 })
            let again = try room.bob.begin("join", "room:r")
            try room.bob.roundTrip()
            journal.letGo()
            #expect(try room.owner.reply(kick)["ok"] != nil)
            #expect(try room.bob.reply(again)["ok"] != nil)
            try room.owner.post("later", in: "room:r")
            _ = try room.bob.first("later") { $0["data"]?["content"] == "later" }
            #expect(try room.bob.ask("leave", "room:r")["ok"] != nil)
            #expect(hub.settles { hub.instruments.subscriptions.value == 0 })
        }
    }
}
