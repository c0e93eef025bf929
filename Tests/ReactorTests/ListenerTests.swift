/// Where and how a hub listens.

import CLinux
import Glibc
import Synchronization
import Testing

@testable import Reactor

@Suite("Listener")
struct ListenerTests {
    private func temporaryPath() -> String {
        "/tmp/reactor-\(getpid())-\(UInt32.random(in: 0 ... .max)).sock"
    }

    private func mode(of path: String) -> UInt32? {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    @Test("All loops share the port that the first was given")
    func sharedPort() async throws {
        try await withLoops(2) { group in
            let loops = Mutex<Set<Int>>([])
            let listener = try Listener(on: .loopback(port: 0), group: group) { connection in
                let index = connection.loop.index
                loops.withLock { _ = $0.insert(index) }
                connection.handler = RecordingHandler.echo()
            }
            var clients: [BlockingClient] = []
            // The kernel spreads by hash: sixty clients don't all hash to one of two.
            for _ in 0..<60 { clients.append(try BlockingClient(to: listener.address)) }
            try await eventually("Only one loop accepts.") { loops.withLock { $0.count == 2 } }
        }
    }

    @Test("A Unix socket serves its owner and group, loops in turn, and leaves no file")
    func unixSocket() async throws {
        try await withLoops(2) { group in
            let path = temporaryPath()
            let loops = Mutex<[Int]>([])
            let listener = try Listener(on: .unix(path), group: group) { connection in
                let index = connection.loop.index
                loops.withLock { $0.append(index) }
                connection.handler = RecordingHandler.echo()
            }
            #expect(mode(of: path) == 0o660)
            for number in 0..<4 {
                let client = try BlockingClient(to: .unix(path))
                try client.write(pattern(1_000, seed: number))
                #expect(try client.read(1_000) == pattern(1_000, seed: number))
            }
            #expect(loops.withLock { $0.sorted() } == [0, 0, 1, 1])
            listener.close()
            #expect(mode(of: path) == nil)
        }
    }

    @Test("A socket file that nobody listens on is replaced; one in use, or no socket, isn't")
    func staleSocketFile() async throws {
        let path = temporaryPath()
        defer { unlink(path) }
        let stale = try Sockets.listen(on: .unix(path), backlog: 1)
        #expect(throws: SocketError.socketFileInUse(path: path)) {
            try Sockets.listen(on: .unix(path), backlog: 1)
        }
        close(stale)
        let fresh = try Sockets.listen(on: .unix(path), backlog: 1)
        close(fresh)
        unlink(path)
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: SocketError.socketFileInUse(path: path)) {
            try Sockets.listen(on: .unix(path), backlog: 1)
        }
    }

    @Test("An address that isn't ours is an error that names it")
    func foreignAddress() async throws {
        let address = try #require(SocketAddress(parsing: "192.0.2.1:80"))
        let group = EventLoopGroup(loops: 1)
        #expect(
            throws: SocketError.system(call: "bind", number: EADDRNOTAVAIL, address: address)
        ) {
            try Listener(on: address, group: group) { _ in }
        }
    }

    @Test("A paused listener leaves its clients waiting, and serves them when it resumes")
    func pauses() async throws {
        try await withLoops { group in
            let handler = RecordingHandler.echo()
            let listener = try Listener(on: .loopback(port: 0), group: group) {
                $0.handler = handler
            }
            listener.pause()
            let isPaused = Mutex(false)
            group[0].submit { isPaused.withLock { $0 = true } }
            try await eventually("The loop stands still.") { isPaused.withLock { $0 } }
            let client = try BlockingClient(to: listener.address)
            try client.write([1])
            #expect(handler.record.receptions == 0)
            listener.resume()
            #expect(try client.read(1) == [1])
        }
    }

    @Test("Accepted sockets send at once, notice dead peers, and are not inherited by programs")
    func socketOptions() async throws {
        try await withLoops { group in
            let options = Mutex<[Int32]>([])
            let listener = try Listener(on: .loopback(port: 0), group: group) { connection in
                let descriptor = connection.descriptor
                let values = [
                    Self.option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY),
                    Self.option(descriptor, SOL_SOCKET, SO_KEEPALIVE),
                    Self.option(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT),
                    fcntl(descriptor, F_GETFD) & FD_CLOEXEC,
                ]
                options.withLock { $0 = values }
                connection.handler = RecordingHandler()
            }
            let client = try BlockingClient(to: listener.address)
            try await eventually("It wasn't accepted.") { options.withLock { !$0.isEmpty } }
            #expect(options.withLock { $0 } == [1, 1, Sockets.userTimeoutMilliseconds, FD_CLOEXEC])
            client.endOutput()
        }
    }

    private static func option(_ descriptor: Int32, _ level: Int32, _ name: Int32) -> Int32 {
        var value: Int32 = -1
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, level, name, &value, &length)
        return value
    }
}
