import Hub
import Testing

@testable import Gateway

/// If these fail, people see who isn't there, or don't see who is.
@Suite("Presence and typing over connections", .serialized)
struct PresenceTests {
    private static var settings: HubUnderTest.Settings {
        var settings = HubUnderTest.Settings()
        settings.topics.presenceGrace = .milliseconds(300)
        settings.topics.presenceDelay = .milliseconds(10)
        return settings
    }

    private static func named(_ name: String, _ hub: HubUnderTest) throws -> ClientWebSocket {
        try ClientWebSocket(hub, .init(target: "/ws?name=\(name)"))
    }

    private static func names(_ event: JSON, _ list: String) -> [String] {
        event["data"]?[list]?.array?.compactMap { $0["userId"]?.string } ?? []
    }

    @Test("Who joins is seen, who leaves is seen to go, who is cut goes after the grace time")
    func cuts() async throws {
        try await HubUnderTest.with(Self.settings) { hub in
            let ada = try Self.named("ada", hub)
            let reply = try ada.ask("join", "room:a", ["presence": true])
            #expect(reply["ok"]?["count"] == 1)
            let bob = try Self.named("bob", hub)
            let joined = try bob.ask("join", "room:a", ["presence": true])
            #expect(joined["ok"]?["members"]?.array?.count == 2)
            _ = try ada.first("bob") { Self.names($0, "joined").contains("bob") }
            try bob.ask("leave", "room:a")
            _ = try ada.first("bob's going") { Self.names($0, "left") == ["bob"] }
            try bob.ask("join", "room:a", ["presence": true])
            _ = try ada.first("bob again") { Self.names($0, "joined").contains("bob") }
            bob.socket.cut()
            let gone = try ada.first("bob's loss") { Self.names($0, "left") == ["bob"] }
            #expect(gone["data"]?["count"] == 1)
        }
    }

    @Test("Who is cut and comes back within the grace time was never away")
    func comesBack() async throws {
        var settings = Self.settings
        settings.topics.presenceGrace = .seconds(30)
        try await HubUnderTest.with(settings) { hub in
            let ada = try Self.named("ada", hub)
            try ada.ask("join", "room:a", ["presence": true])
            let bob = try Self.named("bob", hub)
            try bob.ask("join", "room:a", ["presence": true])
            _ = try ada.first("bob") { Self.names($0, "joined").contains("bob") }
            bob.socket.cut()
            #expect(hub.settles { hub.instruments.connections["websocket"].value == 1 })
            let again = try Self.named("bob", hub)
            #expect(try again.ask("join", "room:a", ["presence": true])["ok"]?["count"] == 2)
            let cid = try Self.named("cid", hub)
            try cid.ask("join", "room:a", ["presence": true])
            let before = ada.messages.filter { Self.names($0, "joined") != ["ada"] }
            #expect(before.allSatisfy { Self.names($0, "left").isEmpty })
            let next = try ada.first("cid") { Self.names($0, "joined").contains("cid") }
            #expect(Self.names(next, "joined") == ["cid"])
            #expect(Self.names(next, "left").isEmpty)
        }
    }

    @Test("Several connections of a user are one member, until the last has gone")
    func severalConnections() async throws {
        try await HubUnderTest.with(Self.settings) { hub in
            let ada = try Self.named("ada", hub)
            try ada.ask("join", "room:a", ["presence": true])
            let (first, second) = (try Self.named("bob", hub), try Self.named("bob", hub))
            try first.ask("join", "room:a", ["presence": true])
            let reply = try second.ask("join", "room:a", ["presence": true])
            #expect(reply["ok"]?["count"] == 2)
            _ = try ada.first("bob") { Self.names($0, "joined").contains("bob") }
            try first.ask("leave", "room:a")
            let cid = try Self.named("cid", hub)
            try cid.ask("join", "room:a", ["presence": true])
            let news = try ada.first("cid") { Self.names($0, "joined").contains("cid") }
            #expect(Self.names(news, "left").isEmpty)
            try second.ask("leave", "room:a")
            _ = try ada.first("bob's going") { Self.names($0, "left") == ["bob"] }
        }
    }

    @Test("Who doesn't announce is not seen and sees nobody")
    func silent() async throws {
        try await HubUnderTest.with(Self.settings) { hub in
            let ada = try Self.named("ada", hub)
            let lurker = try Self.named("lurker", hub)
            try lurker.ask("join", "room:a")
            #expect(try ada.ask("join", "room:a", ["presence": true])["ok"]?["count"] == 1)
            _ = try ada.event("presence")
            try ada.post("x", in: "room:a")
            _ = try lurker.event("message")
            #expect(lurker.messages.isEmpty)
        }
    }

    @Test("A list of members says who of them is here")
    func online() async throws {
        try await HubUnderTest.with(Self.settings) { hub in
            let (ada, bob) = (try Self.named("ada", hub), try Self.named("bob", hub))
            try ada.ask("create", "room:a", ["data": ["visibility": "public"]])
            try bob.ask("enter", "room:a")
            func online() throws -> [JSON?] {
                let reply = try ada.ask("members", "room:a")
                let members = try #require(reply["ok"]?["members"]?.array)
                #expect(members.map { $0["userId"] } == ["ada", "bob"])
                return members.map { $0["online"] }
            }
            #expect(try online() == [false, false])
            try bob.ask("join", "room:a", ["presence": true])
            #expect(try online() == [false, true])
            try ada.ask("join", "room:a")
            // Its answer does not wait for the room.
            try bob.ask("leave", "room:a")
            #expect(hub.settles { (try? online()) == [false, false] })
        }
    }

    @Test("Typing is shown to the others, ends with the message, and isn't stored")
    func typing() async throws {
        try await HubUnderTest.with(Self.settings) { hub in
            let (ada, bob) = (try Self.named("ada", hub), try Self.named("bob", hub))
            try ada.ask("join", "room:a")
            try bob.ask("join", "room:a")
            try ada.ask("typing", "room:a")
            let begins = try bob.event("typing")
            #expect(begins["data"]?["userId"] == "ada")
            #expect(begins["data"]?["active"] == true)
            #expect(begins["position"] == nil)
            try ada.post("done", in: "room:a")
            _ = try bob.event("message")
            #expect(try bob.event("typing")["data"]?["active"] == false)
            try ada.roundTrip()
            #expect(!ada.messages.contains { $0["event"] == "typing" })
            #expect(try hub.head(of: "room:a") == 1)
        }
    }
}
