/// A TLS connection that was handed over: the other code sees a plain socket.

import CLinux
import Glibc
import Synchronization
import Testing

@testable import Reactor

@Suite("Relay")
struct RelayTests {
    final class Handed: Sendable {
        let socket = Mutex<Int32?>(nil)
    }

    /// A client over TLS, and the plain socket that its server's connection was handed over as.
    private func withRelay(
        _ body: (EventLoopGroup, RecordingHandler, LoopBound<Connection>, BlockingClient)
            async throws -> Void
    ) async throws {
        let certificates = try Certificates()
        let server = try TLSContext.server(
            certificates: certificates.certificate,
            key: certificates.key
        )
        let context = try TLSContext.client(trust: .file(certificates.certificate))
        try await withLoops(2) { group in
            let handed = Handed()
            let session = RecordingHandler { connection, _ in
                let socket = connection.handOver()
                handed.socket.withLock { $0 = socket }
                // Whoever still holds the old object can't disturb the new conversation.
                connection.send([66, 66])
                connection.close(.now)
            }
            let listener = try Listener(on: .loopback(port: 0), group: group, tls: server) {
                $0.handler = session
            }
            let handler = RecordingHandler()
            let made = Mutex<LoopBound<Connection>?>(nil)
            let loop = group[0]
            loop.submit {
                let connection = loop.connect(
                    to: listener.address,
                    tls: context,
                    serverName: "localhost",
                    handler: handler
                )
                connection.allowsHalfClosure = true
                connection.send([1])
                let box = LoopBound(connection, on: loop)
                made.withLock { $0 = box }
            }
            try await eventually("It wasn't handed over.") {
                handed.socket.withLock { $0 != nil } && session.record.ends == [.handedOver]
            }
            let plain = BlockingClient(adopting: try #require(handed.socket.withLock { $0 }))
            try await body(group, handler, try #require(made.withLock { $0 }), plain)
        }
    }

    @Test("Bytes go both ways, more than any buffer holds")
    func bothWays() async throws {
        try await withRelay { _, handler, client, plain in
            let bytes = pattern(1_500_000)
            client.loop.submit { client.value.send(bytes) }
            #expect(try plain.read(bytes.count) == bytes)
            try plain.write(bytes)
            try await eventually("Bytes are missing.") {
                handler.record.bytes.count == bytes.count
            }
            #expect(handler.record.bytes == bytes)
        }
    }

    @Test("The client's end arrives, and the answer to it still reaches the client")
    func clientEndsFirst() async throws {
        try await withRelay { _, handler, client, plain in
            client.loop.submit {
                client.value.send(Array("last".utf8))
                client.value.finishOutput()
            }
            #expect(try plain.read(100) == Array("last".utf8))
            let answer = pattern(1_000_000)
            try plain.write(answer)
            plain.endOutput()
            try await eventually("It didn't end.") { handler.record.ends == [.peerClosed] }
            #expect(handler.record.bytes == answer)
        }
    }

    @Test("The server's end arrives, and what the client still sends arrives too")
    func serverEndsFirst() async throws {
        try await withRelay { _, handler, client, plain in
            try plain.write(Array("done".utf8))
            plain.endOutput()
            try await eventually("The end didn't arrive.") { handler.record.inputEnds == 1 }
            #expect(handler.record.bytes == Array("done".utf8))
            client.loop.submit {
                client.value.send(Array("thanks".utf8))
                client.value.finishOutput()
            }
            #expect(try plain.read(100) == Array("thanks".utf8))
        }
    }

    @Test("When the server closes its socket, the client gets the last bytes and the end")
    func serverCloses() async throws {
        try await withRelay { group, handler, client, plain in
            let answer = pattern(500_000)
            try plain.write(answer)
            shutdown(plain.descriptor, Int32(SHUT_RDWR))
            try await eventually("The end didn't arrive.") { handler.record.inputEnds == 1 }
            #expect(handler.record.bytes == answer)
            client.loop.submit { client.value.close(.now) }
            try await eventually("Something is left over.") {
                handler.record.ends == [.closed]
            }
        }
    }
}
