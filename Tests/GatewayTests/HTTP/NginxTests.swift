import Foundation
import Glibc
import Hub
import Testing

@testable import Gateway

@Suite("Behind nginx", .enabled(if: Tool.succeeds("nginx", ["-v"])))
struct NginxTests {
    @Test("Requests and then an upgrade share one upstream connection")
    func keepalive() async throws {
        try await RunningPlane.with { plane in
            let upstream = try LoopbackListener()
            let accepted = Counter()
            let front = try Self.freePort()
            let nginx = try await NginxProcess(port: front, upstream: upstream.port)
            // Each connection of nginx goes to the plane, as the reactor would give it.
            let acceptor = Thread {
                while let descriptor = try? upstream.next() {
                    accepted.add()
                    plane.plane.take(
                        descriptor,
                        firstBytes: [],
                        client: ClientAddress(text: "127.0.0.1", peer: "127.0.0.1")
                    )
                }
            }
            acceptor.start()
            let outcome = await Self.result { try await Self.converse(plane, front) }
            upstream.stop()
            await nginx.stop()
            try outcome.get()
            #expect(accepted.value == 1)
        }
    }

    private static func converse(_ plane: RunningPlane, _ port: UInt16) async throws {
        let client = try TestSocket(port: port)
        for _ in 0..<3 {
            let reply = try await client.ask(Requests.get("/api/rooms/a"))
            #expect(reply.status == 200)
        }
        let large = #"{"content":"\#(String(repeating: "x", count: 60_000))"}"#
        let post = Requests.make("POST", "/api/rooms/a/messages", json: large)
        #expect(try await client.ask(post).status == 200)
        try await client.send(
            "GET /ws HTTP/1.1\r\nHost: hub.example\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        let socket = try await plane.returned.next()
        _ = fcntl(socket.descriptor, F_SETFL, 0)
        let server = TestSocket(socket.descriptor)
        #expect(socket.head.target == "/ws")
        #expect(socket.client.text == "127.0.0.1")
        try await server.send(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        #expect(try await client.reply().status == 101)
        // Frames go both ways over the connection that spoke HTTP before.
        try await client.send("HTTP/1.1 200 up\r\n\r\n")
        #expect(try await server.reply().status == 200)
        try await server.send("HTTP/1.1 299 down\r\n\r\n")
        #expect(try await client.reply().status == 299)
    }

    private static func result(
        _ body: () async throws -> Void
    ) async -> Result<Void, any Error> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    private static func freePort() throws -> UInt16 {
        try LoopbackListener().port
    }
}
