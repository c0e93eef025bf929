import Hub
import Testing
import WebSocket

@testable import Gateway

/// If these fail, connections don't come in that should, or come in that shouldn't.
@Suite("The first head of a connection", .serialized)
struct HeadTests {
    private static let upgrade =
        "GET /ws?name=ada HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

    private static func status(_ hub: HubUnderTest, _ head: String) throws -> String {
        let socket = try ClientSocket(hub.address)
        try socket.send(head)
        let answer = String(decoding: try socket.rest(), as: UTF8.self)
        return String(answer.dropFirst(9).prefix(3))
    }

    @Test("What may not become a WebSocket is told why")
    func refusals() async throws {
        try await HubUnderTest.with { hub in
            let upgrade = Self.upgrade
            let cases = [
                (upgrade.replacing("/ws", with: "/nowhere"), "404"),
                (upgrade.replacing("/ws", with: "/echo"), "404"),
                (upgrade + "Origin: https://evil.example\r\n", "403"),
                (upgrade.replacing("Version: 13", with: "Version: 8"), "426"),
                (upgrade.replacing("GET", with: "POST"), "405"),
                (upgrade.replacing("dGhlIHNhbXBsZSBub25jZQ==", with: "short"), "400"),
                (upgrade.replacing("Connection: Upgrade\r\n", with: ""), "400"),
                (upgrade + "Content-Length: 5\r\n", "400"),
                (upgrade + "X: " + String(repeating: "x", count: 17_000) + "\r\n", "431"),
                ("nonsense\r\n", "400"),
                ("GET / HTTP/2.0\r\n", "505"),
            ]
            for (head, status) in cases {
                #expect(try Self.status(hub, head + "\r\n") == status, "\(head)")
            }
            try ClientWebSocket(hub).roundTrip()
        }
    }

    @Test("A page of the hub's own host may connect")
    func ownOrigin() async throws {
        try await HubUnderTest.with { hub in
            let options = ClientWebSocket.Options(fields: ["Origin": "http://localhost"])
            try ClientWebSocket(hub, options).roundTrip()
        }
    }

    @Test("A subprotocol is agreed on when it is known, and is not needed")
    func subprotocols() async throws {
        try await HubUnderTest.with { hub in
            let none = try ClientWebSocket(hub, .init(subprotocols: []))
            #expect(none.agreement.subprotocol == nil)
            try none.roundTrip()
            let other = try ClientWebSocket(hub, .init(subprotocols: ["x", "martlet.v1"]))
            #expect(other.agreement.subprotocol == "martlet.v1")
            let unknown = try ClientWebSocket(hub, .init(subprotocols: ["x"]))
            #expect(unknown.agreement.subprotocol == nil)
        }
    }

    @Test("A head that doesn't come in time is answered with 408, however it dribbles")
    func slow() async throws {
        var settings = HubUnderTest.Settings()
        settings.entrance.headTimeout = .seconds(1)
        try await HubUnderTest.with(settings) { hub in
            let silent = try ClientSocket(hub.address)
            let slow = try ClientSocket(hub.address)
            var answer: [UInt8] = []
            for byte in Self.upgrade.utf8 {
                try? slow.send([byte])
                answer += slow.receive(within: 40)
                if slow.hasEnded { break }
            }
            answer += try slow.rest()
            #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 408"))
            let other = String(decoding: try silent.rest(), as: UTF8.self)
            #expect(other.hasPrefix("HTTP/1.1 408"))
            // Who was let in is not bothered by the time for heads.
            let ada = try ClientWebSocket(hub)
            try ada.pump(within: 1500)
            try ada.roundTrip()
        }
    }

    @Test("A head and the frames behind it are read wherever they are cut")
    func cuts() async throws {
        try await HubUnderTest.with { hub in
            var bytes = Array((Self.upgrade + "\r\n").utf8)
            let head = bytes.count
            bytes += FrameEncoder.text("{\"id\":1,\"action\":\"ping\"}", mask: MaskingKey(99))
            for cut in 1..<bytes.count {
                let socket = try ClientSocket(hub.address)
                try socket.send(Array(bytes[..<cut]))
                if cut < head || cut % 4 == 0 { _ = socket.receive(within: 1) }
                try socket.send(Array(bytes[cut...]))
                var answer = ""
                while !answer.contains("\"at\":") {
                    let more = socket.receive(within: ClientSocket.patience)
                    try #require(!more.isEmpty, "cut at \(cut)")
                    answer += String(decoding: more, as: UTF8.self)
                }
            }
            let oneByOne = try ClientSocket(hub.address)
            for byte in bytes { try oneByOne.send([byte]) }
            #expect(!oneByOne.receive(within: ClientSocket.patience).isEmpty)
        }
    }

    @Test("Commands in the same packet as the head are carried out")
    func behindHead() async throws {
        try await HubUnderTest.with { hub in
            let ada = try ClientWebSocket(
                hub,
                .init(behindHead: [
                    "{\"id\":1,\"action\":\"join\",\"topic\":\"room:a\"}",
                    "{\"id\":2,\"action\":\"ping\"}",
                ])
            )
            #expect(try ada.reply(1)["ok"] != nil)
            #expect(try ada.reply(2)["ok"] != nil)
        }
    }

    @Test("Connections over the cap are refused, and their places are given back")
    func cap() async throws {
        var settings = HubUnderTest.Settings()
        settings.admission.isUnlimited = false
        settings.admission.connections.perAddress = 3
        try await HubUnderTest.with(settings) { hub in
            for _ in 0..<3 {
                var clients = try (0..<3).map { _ in try ClientWebSocket(hub) }
                for client in clients { try client.roundTrip() }
                #expect(try Self.status(hub, Self.upgrade + "\r\n") == "429")
                clients[0].socket.cut()
                try clients[1].socket.send(
                    FrameEncoder.close(CloseStatus(.normalClosure), mask: MaskingKey(1))
                )
                clients = []
                #expect(hub.settles { hub.instruments.connections["websocket"].value == 0 })
            }
        }
    }
}
