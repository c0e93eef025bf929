import Glibc
import Hub
import Testing

@testable import Gateway

@Suite("A connection that asks for a WebSocket later")
struct UpgradeReturnTests {
    private static let upgrade =
        "GET /ws?x=1 HTTP/1.1\r\nHost: hub.example\r\nConnection: keep-alive, Upgrade\r\n"
        + "Upgrade: WebSocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "X-Forwarded-For: 192.0.2.7\r\n\r\n"

    @Test("It is given back open, with its head, and both ends go on over it")
    func givenBack() async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            #expect(try await client.ask(Requests.get("/healthz")).status == 200)
            try await client.send(Self.upgrade)
            let socket = try await plane.returned.next()
            #expect(socket.head.method == "GET")
            #expect(socket.head.target == "/ws?x=1")
            #expect(socket.head.headers.map(\.0).contains("Sec-WebSocket-Key"))
            #expect(socket.client.text == "192.0.2.7")
            #expect(socket.client.peer == "127.0.0.1")
            // What the client reads next is what the new owner writes: no response, no end.
            let server = TestSocket(socket.descriptor)
            #expect(fcntl(socket.descriptor, F_GETFL) & O_NONBLOCK != 0)
            _ = fcntl(socket.descriptor, F_SETFL, 0)
            try await server.send("HTTP/1.1 101 Switching Protocols\r\n\r\n")
            #expect(try await client.reply().status == 101)
            try await client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            try await server.send("HTTP/1.1 204 No Content\r\n\r\n")
            #expect(try await client.reply().status == 204)
        }
    }

    @Test("It is given back wherever the reads of its head were cut")
    func cut() async throws {
        let bytes = Array((Requests.get("/healthz") + Self.upgrade).utf8)
        try await RunningPlane.with { plane in
            for cut in 0...bytes.count {
                let client = try plane.client(firstBytes: Array(bytes[..<cut]))
                if cut < bytes.count { try await client.send(Array(bytes[cut...])) }
                #expect(try await client.reply().status == 200, "cut at \(cut)")
                let socket = try await plane.returned.next()
                #expect(socket.head.target == "/ws?x=1", "cut at \(cut)")
                close(socket.descriptor)
            }
        }
    }

    @Test("Responses before it are out before it is given back")
    func pipelined() async throws {
        let performer = ScriptedPerformer { _ throws(Rejection) in
            try? await Task.sleep(for: .milliseconds(50))
            return ["slow": true]
        }
        try await RunningPlane.with(.init(performer: performer)) { plane in
            let client = try plane.client()
            try await client.send(Requests.get("/api/rooms/a") + Self.upgrade)
            let socket = try await plane.returned.next()
            let server = TestSocket(socket.descriptor)
            _ = fcntl(socket.descriptor, F_SETFL, 0)
            try await server.send("HTTP/1.1 101 Switching Protocols\r\n\r\n")
            #expect(try await client.reply().json?["slow"]?.bool == true)
            #expect(try await client.reply().status == 101)
        }
    }

    @Test("Bytes behind the head of an upgrade come along, in order, wherever the reads were cut")
    func early() async throws {
        let bytes = Array((Requests.get("/healthz") + Self.upgrade + "early bytes").utf8)
        try await RunningPlane.with { plane in
            for cut in 0...bytes.count {
                let client = try plane.client(firstBytes: Array(bytes[..<cut]))
                if cut < bytes.count { try await client.send(Array(bytes[cut...])) }
                #expect(try await client.reply().status == 200, "cut at \(cut)")
                let socket = try await plane.returned.next()
                // What was not read with the head is still in the socket.
                var early = socket.early
                _ = fcntl(socket.descriptor, F_SETFL, 0)
                while early.count < 11 {
                    var byte: UInt8 = 0
                    try #require(read(socket.descriptor, &byte, 1) == 1, "cut at \(cut)")
                    early.append(byte)
                }
                #expect(String(decoding: early, as: UTF8.self) == "early bytes", "cut at \(cut)")
                close(socket.descriptor)
            }
        }
    }

    @Test("More bytes behind the head than are kept are refused: a client has to wait")
    func tooEarly() async throws {
        let latch = Latch()
        let performer = ScriptedPerformer { _ throws(Rejection) in
            await latch.wait()
            return [:]
        }
        try await RunningPlane.with(.init(performer: performer)) { plane in
            let client = try plane.client()
            // While the answer before it is under way nothing can be given back.
            let flood = String(repeating: "x", count: 200_000)
            async let sent: Void = client.send(Requests.get("/api/rooms/a") + Self.upgrade + flood)
            for _ in 0..<6_000 where plane.instruments.httpBytesIn.value < 150_000 {
                try await Task.sleep(for: .milliseconds(10))
            }
            latch.open()
            #expect(try await client.reply().status == 200)
            #expect(try await client.reply().status == 400)
            try? await sent
        }
    }

    @Test("An upgrade with a body is refused")
    func body() async throws {
        try await RunningPlane.with { plane in
            let request = Self.upgrade.replacing(
                "X-Forwarded",
                with: "Content-Length: 2\r\nX-Forwarded"
            )
            let reply = try await plane.ask(request + "{}")
            #expect(reply.status == 400)
        }
    }

    @Test(
        "Another protocol is not taken up: the answer is HTTP, and the connection ends",
        arguments: [
            "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
            "POST /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Content-Length: 0\r\n\r\n",
        ]
    )
    func otherProtocol(request: String) async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            let reply = try await client.ask(request)
            #expect(reply.status == (request.hasPrefix("GET") ? 200 : 405))
            #expect(reply["connection"] == "close")
            #expect(try await client.rest().isEmpty)
        }
    }

    @Test("Upgrade without Connection: upgrade is an ordinary request")
    func halfHearted() async throws {
        try await RunningPlane.with { plane in
            let client = try plane.client()
            #expect(
                try await client.ask(Requests.get("/healthz", "Upgrade: websocket")).status == 200
            )
            #expect(try await client.ask(Requests.get("/healthz")).status == 200)
        }
    }
}
