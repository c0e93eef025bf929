import Hub
import Testing

@testable import Gateway

/// If these fail, limits hit the wrong people, or anyone can say who they are.
@Suite("Clients behind proxies", .serialized)
struct ProxyTests {
    private static let upgrade =
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

    private static func header(_ last: UInt8) -> [UInt8] {
        [
            0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
            0x21, 0x11, 0, 12, 192, 0, 2, last, 10, 0, 0, 1, 0x1F, 0x90, 0x01, 0xBB,
        ]
    }

    private static func settings(trusting: [String]) throws -> HubUnderTest.Settings {
        var settings = HubUnderTest.Settings()
        settings.entrance.expectsProxyHeader = true
        settings.admission.trustedProxies = try #require(TrustedProxies(trusting))
        settings.admission.isUnlimited = false
        settings.admission.connections.perAddress = 2
        return settings
    }

    private static func answer(_ socket: ClientSocket) -> String {
        String(decoding: socket.receive(within: ClientSocket.patience).prefix(12), as: UTF8.self)
    }

    @Test("A trusted proxy's header says who the client is, also when it comes byte by byte")
    func trusted() async throws {
        try await HubUnderTest.with(Self.settings(trusting: ["loopback"])) { hub in
            var sockets: [ClientSocket] = []
            // Each address has its own count, though all come from one proxy.
            for last in UInt8(1)...4 {
                for _ in 0..<2 {
                    let socket = try ClientSocket(hub.address)
                    for byte in Self.header(last) { try socket.send([byte]) }
                    try socket.send(Self.upgrade + "\r\n")
                    #expect(Self.answer(socket) == "HTTP/1.1 101")
                    sockets.append(socket)
                }
            }
            let third = try ClientSocket(hub.address)
            try third.send(Self.header(1) + Array((Self.upgrade + "\r\n").utf8))
            #expect(Self.answer(third) == "HTTP/1.1 429")
            sockets = []
            #expect(hub.settles { hub.instruments.connections["websocket"].value == 0 })
            let again = try ClientSocket(hub.address)
            try again.send(Self.header(1) + Array((Self.upgrade + "\r\n").utf8))
            #expect(Self.answer(again) == "HTTP/1.1 101")
        }
    }

    @Test("A trusted proxy that sends none is hung up on; a stranger's header is no head")
    func missing() async throws {
        try await HubUnderTest.with(Self.settings(trusting: ["loopback"])) { hub in
            let socket = try ClientSocket(hub.address)
            try socket.send(Self.upgrade + "\r\n")
            #expect(try socket.rest().isEmpty)
        }
        try await HubUnderTest.with(Self.settings(trusting: ["10.0.0.0/8"])) { hub in
            let socket = try ClientSocket(hub.address)
            try socket.send(Self.header(1) + Array((Self.upgrade + "\r\n").utf8))
            #expect(Self.answer(socket) == "HTTP/1.1 400")
        }
    }

    @Test("Behind a trusted proxy connections are counted by X-Forwarded-For")
    func forwarded() async throws {
        var settings = try Self.settings(trusting: ["loopback"])
        settings.entrance.expectsProxyHeader = false
        try await HubUnderTest.with(settings) { hub in
            var sockets: [ClientSocket] = []
            for last in [1, 1, 2, 2, 1] {
                let socket = try ClientSocket(hub.address)
                try socket.send(Self.upgrade + "X-Forwarded-For: 192.0.2.\(last)\r\n\r\n")
                let expected = sockets.count < 4 ? "HTTP/1.1 101" : "HTTP/1.1 429"
                #expect(Self.answer(socket) == expected)
                sockets.append(socket)
            }
        }
    }

    private static let health = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n"

    @Test("A proxy's connections have places among all, and a client's once they are WebSockets")
    func keptAlive() async throws {
        var settings = try Self.settings(trusting: ["loopback"])
        settings.entrance.expectsProxyHeader = false
        settings.admission.connections.total = 3
        settings.admission.connections.perAddress = 1
        try await HubUnderTest.with(settings) { hub in
            for _ in 0..<2 {
                var sockets: [ClientSocket] = []
                for _ in 0..<3 {
                    let socket = try ClientSocket(hub.address)
                    try socket.send(Self.health + "X-Forwarded-For: 192.0.2.1\r\n\r\n")
                    #expect(Self.answer(socket) == "HTTP/1.1 200")
                    sockets.append(socket)
                }
                let fourth = try ClientSocket(hub.address)
                try fourth.send(Self.health + "\r\n")
                #expect(Self.answer(fourth) == "HTTP/1.1 429")
                for (socket, expected) in zip(sockets, ["101", "429"]) {
                    try socket.send(Self.upgrade + "X-Forwarded-For: 192.0.2.1\r\n\r\n")
                    #expect(Self.answer(socket) == "HTTP/1.1 " + expected)
                }
                sockets = []
                #expect(hub.settles { hub.admission.connectionCount == 0 })
            }
        }
    }
}
