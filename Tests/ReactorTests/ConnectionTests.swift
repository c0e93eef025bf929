/// Connections over real sockets on loopback.

import CLinux
import Glibc
import Synchronization
import Testing

@testable import Reactor

@Suite("Connections over real sockets")
struct ConnectionTests {
    private func listen(
        _ group: EventLoopGroup,
        at address: SocketAddress = .loopback(port: 0),
        _ accept: @escaping @Sendable (Connection) -> Void
    ) throws -> Listener {
        try Listener(on: address, group: group, accept: accept)
    }

    @Test("What a client sends comes back", arguments: ["127.0.0.1:0", "[::1]:0"])
    func echoes(text: String) async throws {
        try await withLoops(2) { group in
            let address = try #require(SocketAddress(parsing: text))
            let listener = try listen(group, at: address) { $0.handler = RecordingHandler.echo() }
            #expect(listener.address.port != 0)
            for seed in 0..<8 {
                let client = try BlockingClient(to: listener.address)
                for size in [1, 1_000, 70_000] {
                    let bytes = pattern(size, seed: seed)
                    try client.write(bytes)
                    #expect(try client.read(size) == bytes)
                }
            }
        }
    }

    @Test("A large transfer through tiny socket buffers arrives whole and in order")
    func tinyBuffers() async throws {
        try await withLoops { group in
            let total = 900_000
            let frames = (0..<300).map { pattern(total / 300, seed: $0) }
            let listener = try listen(group) { connection in
                Sockets.set(connection.descriptor, SOL_SOCKET, SO_SNDBUF, 4_096)
                connection.handler = RecordingHandler()
                connection.send(contentsOf: frames)
                connection.close(.afterFlush(timeout: .seconds(30)))
            }
            let client = try BlockingClient(to: listener.address, receiveBuffer: 4_096)
            #expect(try client.read(total + 1) == frames.flatMap { $0 })
        }
    }

    @Test("A handler that pauses makes the sender wait, and gets everything in the end")
    func backpressure() async throws {
        try await withLoops { group in
            let handler = RecordingHandler { connection, _ in
                connection.pauseReading()
                connection.loop.schedule(after: .milliseconds(10)) { connection.resumeReading() }
            }
            let listener = try listen(group) { $0.handler = handler }
            let bytes = pattern(2_000_000)
            let client = try BlockingClient(to: listener.address)
            try client.write(bytes)
            try await eventually("Bytes are missing.") { handler.record.bytes.count == bytes.count }
            #expect(handler.record.bytes == bytes)
        }
    }

    @Test("A client that has ended its side still gets its answer, when half-closure is allowed")
    func halfClosure() async throws {
        try await withLoops { group in
            let handler = RecordingHandler(onInputEnd: { connection in
                connection.send(Array("bye".utf8))
                connection.finishOutput()
            })
            let listener = try listen(group) {
                $0.allowsHalfClosure = true
                $0.handler = handler
            }
            let client = try BlockingClient(to: listener.address)
            try client.write([1])
            client.endOutput()
            #expect(try client.read(10) == Array("bye".utf8))
            try await eventually("It didn't end.") { handler.record.ends == [.peerClosed] }
            #expect(handler.record.inputEnds == 1)
        }
    }

    @Test("An orderly end and a reset are told apart")
    func endReasons() async throws {
        try await withLoops { group in
            let orderly = RecordingHandler()
            let reset = RecordingHandler()
            let handlers = Mutex([orderly, reset])
            let listener = try listen(group) { connection in
                connection.handler = handlers.withLock { $0.removeFirst() }
            }
            var first: BlockingClient? = try BlockingClient(to: listener.address)
            try first?.write([1])
            try await eventually("Nothing arrived.") { orderly.record.bytes == [1] }
            first = nil
            try await eventually("It didn't end.") { orderly.record.ends == [.peerClosed] }
            var second: BlockingClient? = try BlockingClient(to: listener.address)
            try second?.write([1])
            try await eventually("Nothing arrived.") { reset.record.bytes == [1] }
            second?.resetOnClose()
            second = nil
            try await eventually("It didn't end.") { reset.record.ends == [.broken(ECONNRESET)] }
        }
    }

    @Test("The loop's own connects reach its listeners, hundreds of them at once")
    func manyConnections() async throws {
        try await withLoops(2) { group in
            let listener = try listen(group) { $0.handler = RecordingHandler.echo() }
            let clients = (0..<400).map { _ in RecordingHandler() }
            for (number, client) in clients.enumerated() {
                let loop = group.next()
                loop.submit {
                    loop.connect(to: listener.address, handler: client)
                        .send(pattern(100, seed: number))
                }
            }
            try await eventually("Some echoes are missing.") {
                clients.allSatisfy { $0.record.bytes.count == 100 }
            }
            for (number, client) in clients.enumerated() {
                #expect(client.record.bytes == pattern(100, seed: number))
                #expect(client.record.openings == 1)
            }
        }
    }

    @Test("A connect to a port that nobody listens on is refused")
    func refused() async throws {
        try await withLoops { group in
            let listener = try listen(group) { _ in }
            listener.close()
            let address = listener.address
            let loop = group[0]
            let client = RecordingHandler()
            // The loop closes the listener's socket before it connects: one queue.
            loop.submit { loop.connect(to: address, handler: client) }
            try await eventually("It neither ended nor failed.") { !client.record.ends.isEmpty }
            #expect(client.record.ends == [.unreachable(ECONNREFUSED)])
        }
    }

    @Test("A plain socket that was handed over works on, and can be adopted again")
    func handOverAndBack() async throws {
        try await withLoops { group in
            let taken = Mutex<Int32?>(nil)
            let handler = RecordingHandler { connection, _ in
                let socket = connection.handOver()
                taken.withLock { $0 = socket }
            }
            let listener = try listen(group) { $0.handler = handler }
            let client = try BlockingClient(to: listener.address)
            try client.write([1])
            try await eventually("It wasn't handed over.") { handler.record.ends == [.handedOver] }
            let socket = try #require(taken.withLock { $0 })
            try client.write([2])
            let other = BlockingClient(adopting: dup(socket))
            #expect(try other.read(1) == [2])
            try other.write([3])
            #expect(try client.read(1) == [3])
            let loop = group[0]
            let peer = listener.address
            loop.submit { loop.adopt(socket, peer: peer, handler: RecordingHandler.echo()) }
            try client.write([4])
            #expect(try client.read(1) == [4])
        }
    }

    @Test("A slow reader's tagged frames can be dropped; it hears of what comes after")
    func lag() async throws {
        try await withLoops(limits: OutboxLimits(lowWater: 1_000, highWater: 100_000)) { group in
            let handler = RecordingHandler()
            let dropped = Mutex<DroppedFrames?>(nil)
            let held = Mutex<LoopBound<Connection>?>(nil)
            let listener = try listen(group) { connection in
                connection.handler = handler
                Sockets.set(connection.descriptor, SOL_SOCKET, SO_SNDBUF, 8_192)
                for _ in 0..<200 { connection.send(pattern(10_000), tag: 1) }
                let box = LoopBound(connection, on: connection.loop)
                held.withLock { $0 = box }
            }
            let client = try BlockingClient(to: listener.address, receiveBuffer: 8_192)
            try await eventually("It wasn't accepted.") { held.withLock { $0 != nil } }
            let box = try #require(held.withLock { $0 })
            box.loop.submit(after: .milliseconds(50)) {
                let count = box.value.dropQueued(tag: 1)
                box.value.send(Array("and on".utf8))
                box.value.close(.afterFlush(timeout: .seconds(20)))
                dropped.withLock { $0 = count }
            }
            try await eventually("Nothing was dropped.") { dropped.withLock { $0 != nil } }
            let count = try #require(dropped.withLock { $0 })
            #expect(count.frames > 0)
            let expected = (0..<(200 - count.frames)).flatMap { _ in pattern(10_000) }
            #expect(try client.read(3_000_000) == expected + Array("and on".utf8))
        }
    }
}
