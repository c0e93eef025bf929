import Hub
import Testing

@testable import Gateway

/// If these fail, any page in the world can read a hub on its reader's own machine.
@Suite("Names rebound to this machine", .serialized)
struct RebindingTests {
    private static let targets = [
        "/api/rooms", "/api/nowhere", "/healthz", "/readyz", "/metrics", "/openapi.json",
        "/asyncapi.json", "/", "/nowhere",
    ]

    private static func get(_ target: String, _ host: String, _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\(fields)\r\n"
    }

    @Test("Nothing is answered under a strange name, whether the page tells its origin or not")
    func http() async throws {
        try await RunningPlane.with { plane in
            for target in Self.targets {
                for fields in ["", "Origin: http://rebound.example\r\n"] {
                    let request = Self.get(target, "rebound.example", fields)
                    let reply = try await plane.ask(request)
                    #expect(reply.status == 403, "\(target)")
                    #expect(reply.code == "forbidden")
                }
            }
            #expect(plane.performer.asks.isEmpty)
            let local = ClientAddress(text: "unix", peer: "unix", isLocal: true)
            let client = try plane.client(address: local)
            let reply = try await client.ask(Self.get("/healthz", "rebound.example"))
            #expect(reply.status == 200)
        }
    }

    private static let upgrade =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

    private static func status(_ hub: HubUnderTest, _ request: String) throws -> String {
        let socket = try ClientSocket(hub.address)
        try socket.send(request)
        let answer = socket.receive(within: ClientSocket.patience)
        return String(String(decoding: answer, as: UTF8.self).dropFirst(9).prefix(3))
    }

    private static let names = [
        ("localhost", true), ("localhost:8000", true), ("127.0.0.1:8000", true),
        ("[::1]:8000", true), ("chat.localhost", true), ("rebound.example", false),
        ("rebound.example:8000", false), ("127.0.0.1.nip.io", false),
    ]

    @Test("An open hub takes upgrades and requests under names of its own machine only")
    func open() async throws {
        try await HubUnderTest.with { hub in
            for (name, isOwn) in Self.names {
                let upgrade = try Self.status(hub, Self.get("/ws", name, Self.upgrade))
                #expect(upgrade == (isOwn ? "101" : "403"), "\(name)")
                let request = try Self.status(hub, Self.get("/healthz", name))
                #expect(request == (isOwn ? "200" : "403"), "\(name)")
            }
            // A connection that the HTTP plane gives back is looked at like any other.
            let socket = try ClientSocket(hub.address)
            try socket.send(Self.get("/healthz", "localhost"))
            _ = socket.receive(within: ClientSocket.patience)
            try socket.send(Self.get("/ws", "rebound.example", Self.upgrade))
            let answer = String(decoding: try socket.rest(), as: UTF8.self)
            #expect(answer.hasPrefix("HTTP/1.1 403"))
        }
    }

    @Test("A hub with keys may have any name")
    func keyed() async throws {
        var settings = HubUnderTest.Settings()
        settings.admission = HubUnderTest.keyedAdmission
        try await HubUnderTest.with(settings) { hub in
            for (name, _) in Self.names {
                let upgrade = try Self.status(hub, Self.get("/ws", name, Self.upgrade))
                #expect(upgrade == "101", "\(name)")
                #expect(try Self.status(hub, Self.get("/healthz", name)) == "200", "\(name)")
            }
        }
    }
}
