import Hub
import Testing

@testable import Gateway

/// If these fail, a page does not find again what it kept, or the user's other tab does not hear.
@Suite("Preferences over REST and the native protocol", .serialized)
struct PreferencesTests {
    private static func ask(
        _ hub: HubUnderTest,
        _ method: String,
        _ name: String,
        by user: String,
        _ body: String = ""
    ) throws -> (status: String, json: JSON) {
        let socket = try ClientSocket(hub.address)
        var head = "\(method) /api/preferences/\(name) HTTP/1.1\r\nHost: localhost\r\n"
        head += "Connection: close\r\nX-Martlet-Name: \(user)\r\n"
        if method != "GET" {
            head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        try socket.send(Array((head + "\r\n" + body).utf8))
        let reply = String(decoding: try socket.rest(), as: UTF8.self)
        let status = reply.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let end = reply.firstRange(of: "\r\n\r\n")?.upperBound ?? reply.endIndex
        return (status, (try? JSONParser.parse(Array(reply[end...].utf8))) ?? .null)
    }

    private static func tab(_ hub: HubUnderTest) throws -> ClientWebSocket {
        try ClientWebSocket(hub, ClientWebSocket.Options(target: "/ws?name=ada"))
    }

    @Test("What is put by REST is got by REST and by WebSocket, and the user's tabs are told")
    func kept() async throws {
        try await HubUnderTest.with { hub in
            let tab = try Self.tab(hub)
            try tab.ask("join", "user:ada")
            let none = try Self.ask(hub, "GET", "dashboards", by: "ada")
            #expect(none.status == "200")
            #expect(none.json == ["name": "dashboards", "value": .null])
            let put = try Self.ask(hub, "PUT", "dashboards", by: "ada", #"{"value":{"a":[1]}}"#)
            #expect(put.status == "200")
            #expect(put.json["position"]?.string?.hasSuffix(":1") == true)
            let told = try tab.event("preference_set")
            #expect(told["data"] == ["name": "dashboards", "value": ["a": [1]]])
            let got = try Self.ask(hub, "GET", "dashboards", by: "ada")
            #expect(got.json["value"] == ["a": [1]])
            let other = try Self.ask(hub, "GET", "dashboards", by: "bob")
            #expect(other.json["value"] == .null)
            // Without a topic it is one's own.
            let asked = try tab.ask("preference", nil, ["name": "dashboards"])
            #expect(asked["ok"]?["value"] == ["a": [1]])
        }
    }

    @Test("The native protocol sets them, once for a key, and not those of others")
    func native() async throws {
        try await HubUnderTest.with { hub in
            let tab = try Self.tab(hub)
            let fields: JSON = ["key": "k1", "data": ["name": "theme", "value": "dark"]]
            let first = try tab.ask("setPreference", nil, fields)
            #expect(first["ok"]?["position"] != nil)
            let again = try tab.ask("setPreference", "user:ada", fields)
            #expect(again["ok"]?["position"] == first["ok"]?["position"])
            #expect(try Self.ask(hub, "GET", "theme", by: "ada").json["value"] == "dark")
            for topic in ["user:bob", "room:a"] {
                #expect(try tab.ask("setPreference", topic, fields)["error"] != nil, "\(topic)")
                #expect(try tab.ask("preference", topic, ["name": "a"])["error"] != nil)
            }
        }
    }

    @Test("Bad names, missing values and too much are refused with a reason")
    func refused() async throws {
        try await HubUnderTest.with { hub in
            for name in ["a%20b", String(repeating: "n", count: 65), "%C3%A9"] {
                let reply = try Self.ask(hub, "PUT", name, by: "ada", #"{"value":1}"#)
                #expect(reply.status == "400", "\(name)")
            }
            #expect(try Self.ask(hub, "PUT", "a", by: "ada", "{}").status == "400")
            let large = String(repeating: "v", count: 64 << 10)
            let much = try Self.ask(hub, "PUT", "a", by: "ada", "{\"value\":\"\(large)\"}")
            #expect(much.status == "413")
            #expect(try Self.ask(hub, "GET", "a", by: "ada").json["value"] == .null)
        }
    }
}
