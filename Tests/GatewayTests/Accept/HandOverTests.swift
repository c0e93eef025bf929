import Glibc
import Hub
import Reactor
import Testing

@testable import Gateway

/// If these fail, REST and WebSockets can't share a port.
@Suite("HTTP and WebSockets at one address", .serialized)
struct HandOverTests {
    private static func converse(_ hub: HubUnderTest, _ open: () throws -> ClientSocket) throws {
        let ada = try ClientWebSocket(over: try open())
        try ada.ask("join", "room:a")
        let web = try open()
        for number in 1...3 {
            let body = "{\"content\":\"\(number)\"}"
            try web.send(
                "POST /api/rooms/a/messages HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            let answer = String(decoding: web.receive(within: ClientSocket.patience), as: UTF8.self)
            #expect(answer.hasPrefix("HTTP/1.1 2"), "\(answer)")
            #expect(try ada.event("message")["data"]?["content"] == .string("\(number)"))
        }
        // The same connection, kept alive, now asks for a WebSocket.
        let later = try ClientWebSocket(over: web, .init(target: "/ws?name=later"))
        try later.ask("join", "room:a", ["since": "0"])
        for number in 1...3 { #expect(try later.event("message").offset == UInt64(number)) }
        try later.post("4", in: "room:a")
        #expect(try ada.event("message").offset == 4)
        #expect(try later.ask("hello")["ok"]?["user"] == "later")
    }

    @Test("A request is answered, and its connection may become a WebSocket")
    func plain() async throws {
        try await HubUnderTest.with { hub in
            try Self.converse(hub) { try ClientSocket(hub.address) }
        }
    }

    @Test("Commands sent with an upgrade that comes late are carried out like any others")
    func earlyCommands() async throws {
        try await HubUnderTest.with { hub in
            let socket = try ClientSocket(hub.address)
            try socket.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(!socket.receive(within: ClientSocket.patience).isEmpty)
            let ada = try ClientWebSocket(
                over: socket,
                .init(behindHead: [
                    "{\"id\":1,\"action\":\"join\",\"topic\":\"room:a\"}",
                    "{\"id\":2,\"action\":\"ping\"}",
                ])
            )
            #expect(try ada.reply(1)["ok"] != nil)
            #expect(try ada.reply(2)["ok"] != nil)
        }
    }

    @Test("The same over a Unix socket")
    func unix() async throws {
        var settings = HubUnderTest.Settings()
        settings.unixPath = "/tmp/martlet-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
        try await HubUnderTest.with(settings) { hub in
            try Self.converse(hub) { try ClientSocket(hub.address) }
        }
    }

    @Test("The same over TLS")
    func tls() async throws {
        let files = try SelfSigned()
        var settings = HubUnderTest.Settings()
        settings.tls = try TLSContext.server(certificates: files.certificate, key: files.key)
        try await HubUnderTest.with(settings) { hub in
            let tunnel = try TLSTunnel(to: hub.address)
            defer { tunnel.stop() }
            try Self.converse(hub) { try tunnel.open() }
        }
    }

    @Test("Places are counted once for a connection that speaks HTTP and then WebSocket")
    func places() async throws {
        var settings = HubUnderTest.Settings()
        settings.admission.isUnlimited = false
        settings.admission.connections.perAddress = 1
        try await HubUnderTest.with(settings) { hub in
            for _ in 0..<3 {
                let socket = try ClientSocket(hub.address)
                try socket.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(!socket.receive(within: ClientSocket.patience).isEmpty)
                let ada = try ClientWebSocket(over: socket)
                try ada.roundTrip()
                let second = try ClientSocket(hub.address)
                try second.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(try second.rest().starts(with: "HTTP/1.1 429".utf8))
                socket.cut()
                #expect(hub.settles { hub.instruments.connections["websocket"].value == 0 })
            }
        }
    }
}
