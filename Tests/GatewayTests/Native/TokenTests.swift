import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, someone is who they are not, or stays longer than they may.
@Suite("Tokens of sessions", .serialized)
struct TokenTests {
    private static var keyed: HubUnderTest.Settings {
        HubUnderTest.Settings(admission: HubUnderTest.keyedAdmission)
    }

    private static func grants(_ grants: JSON) -> [JSON.Member] { [.init("grants", grants)] }

    @Test("A token comes with hello, in the address or in the header; hello's counts")
    func places() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let token = HubUnderTest.token("ada")
            let inHello = try ClientWebSocket(hub, .init(target: "/ws?token=nonsense"))
            let reply = try inHello.ask("hello", nil, ["token": .string(token)])
            #expect(reply["ok"]?["user"] == "ada")
            #expect(reply["ok"]?["guest"] == false)
            #expect(reply["ok"]?["expires"] != nil)
            let inAddress = try ClientWebSocket(hub, .init(target: "/ws?token=\(token)"))
            #expect(try inAddress.ask("hello")["ok"]?["user"] == "ada")
            let inHeader = try ClientWebSocket(
                hub,
                .init(fields: ["Authorization": "bearer \(token)"])
            )
            #expect(try inHeader.ask("join", "room:a")["ok"] != nil)
            #expect(try inHeader.ask("hello")["ok"]?["user"] == "ada")
        }
    }

    @Test("A bad token refuses commands, and a better one in hello is taken")
    func bad() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let ada = try ClientWebSocket(hub, .init(target: "/ws?token=a.b.c"))
            #expect(try ada.ask("join", "room:a").code == "unauthorized")
            #expect(try ada.ask("hello").code == "unauthorized")
            let old = HubUnderTest.token("ada", lifetime: -100)
            #expect(try ada.ask("hello", nil, ["token": .string(old)]).code == "token_expired")
            let good = HubUnderTest.token("ada")
            #expect(try ada.ask("hello", nil, ["token": .string(good)])["ok"]?["user"] == "ada")
            let nobody = try ClientWebSocket(hub)
            #expect(try nobody.ask("hello", nil, ["name": "bob"]).code == "unauthorized")
            // The good one was believed for its own connection only.
            #expect(try nobody.ask("join", "room:a").code == "unauthorized")
        }
    }

    @Test("Guests of a hub with keys bear a prefix, and a strange name is refused")
    func guests() async throws {
        var settings = Self.keyed
        settings.admission.allowsGuests = true
        try await HubUnderTest.with(settings) { hub in
            let bob = try ClientWebSocket(hub, .init(target: "/ws?name=bob"))
            #expect(try bob.ask("hello")["ok"]?["user"] == "guest-bob")
            let odd = try ClientWebSocket(hub, .init(target: "/ws?name=%20"))
            #expect(try odd.ask("hello").code == "bad_request")
            #expect(try odd.ask("hello", nil, ["name": "cid"])["ok"]?["user"] == "guest-cid")
            let unnamed = try ClientWebSocket(hub)
            let user = try unnamed.ask("hello")["ok"]?["user"]?.string
            #expect(user?.hasPrefix("guest-") == true)
        }
    }

    @Test(
        "A user whose id has other characters than a topic's has an inbox and direct rooms",
        arguments: [("auth0|x", "auth0%7Cx"), ("a@b c", "a@b%20c"), ("100%~", "100%25%7E")]
    )
    func oddUsers(user: String, escaped: String) async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let token = HubUnderTest.token(user)
            let odd = try ClientWebSocket(hub, .init(target: "/ws?token=\(token)"))
            #expect(try odd.ask("hello")["ok"]?["user"] == .string(user))
            #expect(try odd.ask("join", "user:\(escaped)")["ok"] != nil)
            let name = "dm:" + [escaped, "zed"].joined(separator: "~")
            let wish: JSON = ["visibility": "direct", "members": ["zed"]]
            #expect(try odd.ask("create", "room:\(name)", ["data": wish])["ok"] != nil)
            let posted = try odd.post("hi", in: "room:\(name)")
            let message = try #require(posted["ok"]?["messageId"])
            let read = try odd.ask("read", "room:\(name)", ["data": ["messageId": message]])
            #expect(read["ok"]?["position"] != nil)
            let marked = try odd.event("read_marked", topic: "user:\(escaped)")
            #expect(marked["data"]?["topic"] == .string("room:\(name)"))
            #expect(marked["by"] == .string(user))
            let eve = HubUnderTest.token("eve")
            let other = try ClientWebSocket(hub, .init(target: "/ws?token=\(eve)"))
            #expect(try other.ask("join", "user:\(escaped)").code == "forbidden")
        }
    }

    @Test("Grants decide about each command")
    func granted() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let wide = HubUnderTest.token("maker")
            let maker = try ClientWebSocket(hub, .init(target: "/ws?token=\(wide)"))
            for room in ["room:a", "room:b"] { try maker.post("x", in: room) }
            let token = HubUnderTest.token("ada", Self.grants(["room:a": ["join"]]))
            let ada = try ClientWebSocket(hub, .init(target: "/ws?token=\(token)"))
            #expect(try ada.ask("join", "room:a")["ok"] != nil)
            #expect(try ada.ask("join", "room:b").code == "forbidden")
            #expect(try ada.post("x", in: "room:a").code == "forbidden")
        }
    }

    @Test("A refresh with fewer grants ends what is no longer granted, pending joins included")
    func fewerGrants() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let wide = HubUnderTest.token("ada")
            let ada = try ClientWebSocket(hub, .init(target: "/ws?token=\(wide)"))
            let writer = try ClientWebSocket(hub, .init(target: "/ws?token=\(wide)"))
            try writer.post("x", in: "room:a")
            try ada.ask("join", "room:a")
            try ada.ask("join", "room:b")
            let narrow = HubUnderTest.token("ada", Self.grants(["room:a": ["join", "post"]]))
            let pending = try ada.begin("join", "room:c")
            #expect(try ada.ask("refresh", nil, ["token": .string(narrow)])["ok"] != nil)
            let ended = try ada.event("subscription_ended", topic: "room:b")
            #expect(ended["data"]?["reason"] == "forbidden")
            _ = try ada.reply(pending)
            for topic in ["room:b", "room:c", "room:a"] { try writer.post("x", in: topic) }
            #expect(try ada.event("message", topic: "room:a").offset == 2)
            try ada.roundTrip()
            #expect(!ada.messages.contains { $0["event"] == "message" })
            #expect(try ada.post("y", in: "room:a")["ok"] != nil)
            #expect(try ada.post("y", in: "room:b").code == "forbidden")
        }
    }

    @Test("A refresh that moderates no longer ends what only moderators see, and only that")
    func moderatesNoLonger() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let maker = try ClientWebSocket(
                hub,
                .init(target: "/ws?token=\(HubUnderTest.token("maker"))")
            )
            for (room, visibility) in [("room:open", "public"), ("room:closed", "private")] {
                let data: JSON = ["visibility": .string(visibility)]
                #expect(try maker.ask("create", room, ["data": data])["ok"] != nil)
            }
            let strong = HubUnderTest.token("ada", Self.grants(["room:*": ["*", "moderate"]]))
            let ada = try ClientWebSocket(hub, .init(target: "/ws?token=\(strong)"))
            for room in ["room:open", "room:closed"] {
                #expect(try ada.ask("join", room)["ok"] != nil)
            }
            let weak = HubUnderTest.token("ada", Self.grants(["room:*": ["*"]]))
            #expect(try ada.ask("refresh", nil, ["token": .string(weak)])["ok"] != nil)
            let ended = try ada.event("subscription_ended", topic: "room:closed")
            #expect(ended["data"]?["reason"] == "forbidden")
            for room in ["room:closed", "room:open"] { try maker.post("x", in: room) }
            #expect(try ada.event("message", topic: "room:open")["data"] != nil)
            #expect(!ada.messages.contains { $0["topic"] == "room:closed" })
        }
    }

    @Test("A refresh must bring a good token of the same user")
    func badRefresh() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let ada = try ClientWebSocket(
                hub,
                .init(target: "/ws?token=\(HubUnderTest.token("ada"))")
            )
            try ada.roundTrip()
            for (token, code) in [
                (HubUnderTest.token("bob"), "forbidden"), ("a.b.c", "unauthorized"),
                (HubUnderTest.token("ada", lifetime: -100), "token_expired"),
            ] {
                #expect(try ada.ask("refresh", nil, ["token": .string(token)]).code == code)
            }
            #expect(try ada.post("x", in: "room:a")["ok"] != nil)
        }
    }

    @Test("A session ends with its token, unless it was refreshed")
    func expiry() async throws {
        var settings = Self.keyed
        settings.admission.rules.leeway = .zero
        try await HubUnderTest.with(settings) { hub in
            let short = HubUnderTest.token("ada", lifetime: 5)
            let ada = try ClientWebSocket(hub, .init(target: "/ws?token=\(short)"))
            let bob = try ClientWebSocket(hub, .init(target: "/ws?token=\(short)"))
            #expect(try ada.ask("hello")["ok"] != nil)
            #expect(try bob.ask("hello")["ok"] != nil)
            let long = HubUnderTest.token("ada")
            #expect(try bob.ask("refresh", nil, ["token": .string(long)])["ok"]?["expires"] != nil)
            #expect(try ada.closing() == 4001)
            #expect(ada.status?.reason == "token_expired")
            try bob.roundTrip()
        }
    }

    @Test("A revocation ends the user's sessions at once, and no others")
    func revocation() async throws {
        try await HubUnderTest.with(Self.keyed) { hub in
            let stamp = [JSON.Member("jti", "t1")]
            let token = HubUnderTest.token("ada", stamp)
            let ada = try ClientWebSocket(hub, .init(target: "/ws?token=\(token)"))
            let idle = try ClientWebSocket(hub, .init(target: "/ws?token=\(token)"))
            let bob = try ClientWebSocket(
                hub,
                .init(target: "/ws?token=\(HubUnderTest.token("bob"))")
            )
            try ada.roundTrip()
            try bob.roundTrip()
            try hub.admission.revokeToken("t1")
            #expect(try ada.closing() == 4501)
            // Has not said who it is; when it does, it is told the same.
            #expect(try idle.ask("hello").code == "unauthorized")
            #expect(try idle.closing() == 4501)
            try bob.roundTrip()
        }
    }

    @Test("A user has no more connections than allowed")
    func userLimit() async throws {
        var settings = Self.keyed
        settings.admission.isUnlimited = false
        settings.admission.connections.perUser = 2
        try await HubUnderTest.with(settings) { hub in
            let options = ClientWebSocket.Options(target: "/ws?token=\(HubUnderTest.token("ada"))")
            let first = try ClientWebSocket(hub, options)
            let second = try ClientWebSocket(hub, options)
            try first.roundTrip()
            try second.roundTrip()
            let third = try ClientWebSocket(hub, options)
            try third.begin("ping")
            #expect(try third.closing() == 4503)
            first.socket.cut()
            #expect(hub.settles { hub.instruments.connections["websocket"].value == 1 })
            try ClientWebSocket(hub, options).roundTrip()
        }
    }

    @Test("Guessing tokens is charged like any other command")
    func guessing() async throws {
        var settings = Self.keyed
        settings.admission.isUnlimited = false
        settings.admission.connectionRate = TokenBucket.Rate(perSecond: 1, burst: 10)
        try await HubUnderTest.with(settings) { hub in
            let eve = try ClientWebSocket(hub)
            let ids = try (0..<50).map {
                try eve.begin("hello", nil, ["token": .string("a.b.\($0)")])
            }
            let codes = try ids.map { try eve.reply($0).code }
            #expect(codes.first == "unauthorized")
            #expect(codes.last == "rate_limited")
        }
    }
}
