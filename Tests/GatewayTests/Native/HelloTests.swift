import Hub
import Testing
import WebSocket

@testable import Gateway

@Suite("Who a session is", .serialized)
struct HelloTests {
    @Test("Hello tells the user, the connection and the limits")
    func hello() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub)
            #expect(ada.agreement.subprotocol == "martlet.v1")
            let reply = try ada.ask("hello", nil, ["name": "ada"])
            #expect(reply["ok"]?["user"] == "ada")
            #expect(reply["ok"]?["guest"] == true)
            #expect(reply["ok"]?["connection"]?.string?.hasPrefix("c-") == true)
            #expect(reply["ok"]?["ping"] == 25_000)
            #expect(reply["ok"]?["limits"]?["messageBytes"] == 262_144)
            #expect(reply["ok"]?["limits"]?["batch"] == 256)
        }
    }

    @Test("A command before hello is taken for the guest whom the address names")
    func beforeHello() async throws {
        try await HubUnderTest.with { hub in
            let bob = try ClientWebSocket(hub, .init(target: "/ws?name=bob"))
            let joined = try bob.ask("join", "room:a")
            #expect(joined["ok"]?["position"]?.string?.hasSuffix(":0") == true)
            #expect(try bob.ask("hello")["ok"]?["user"] == "bob")
        }
    }

    @Test("What one posts, the others in the room hear, in order")
    func broadcast() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(hub, .init(target: "/ws?name=ada"))
            let bob = try ClientWebSocket(hub, .init(target: "/ws?name=bob"))
            try ada.ask("join", "room:a")
            try bob.ask("join", "room:a")
            for number in 1...20 { try ada.post("\(number)", in: "room:a") }
            for number in 1...20 {
                let event = try bob.event("message")
                #expect(event["data"]?["content"] == .string("\(number)"))
                #expect(event.offset == UInt64(number))
                #expect(event["by"] == "ada")
            }
        }
    }
}
