/// Accepts connections at one address, on every loop of a group.
///
/// TCP: each loop has a listening socket of its own on the same port (SO_REUSEPORT), and the kernel
/// spreads the clients. Unix: one loop accepts, and the connections go to the loops in turn.

import CLinux
import Glibc
import Synchronization

package final class Listener: Sendable {
    /// Where it listens, with the port that the kernel chose when the port asked for was zero.
    package let address: SocketAddress
    private let group: EventLoopGroup
    private let acceptors: [LoopBound<Acceptor>]
    private let exhaustionCount = ExhaustionCount()
    private let isClosed = Mutex(false)

    /// Binds and begins to listen. `accept` is called on the connection's loop, and has to set the
    /// connection's handler. Over TLS the handler hears `connectionOpened` after the handshake.
    package init(
        on address: SocketAddress,
        group: EventLoopGroup,
        tls: TLSContext? = nil,
        backlog: Int32 = 4096,
        accept: @escaping @Sendable (Connection) -> Void
    ) throws(SocketError) {
        let isUnix = address.family == AF_UNIX
        var sockets: [Int32] = []
        var bound = address
        do throws(SocketError) {
            for _ in 0..<(isUnix ? 1 : group.loops.count) {
                let socket = try Sockets.listen(on: bound, backlog: backlog)
                sockets.append(socket)
                // The first loop's port is everybody's.
                if !isUnix { bound = Sockets.boundAddress(of: socket) }
            }
        } catch {
            for socket in sockets { Glibc.close(socket) }
            throw error
        }
        self.address = bound
        self.group = group
        let exhaustions = exhaustionCount
        acceptors = zip(sockets, group.loops).map { socket, loop in
            let acceptor = Acceptor(
                socket: socket,
                loop: loop,
                tls: tls,
                exhaustions: exhaustions,
                spreadingOver: isUnix ? group : nil,
                accept
            )
            return LoopBound(acceptor, on: loop)
        }
        forEachAcceptor { $0.begin() }
    }

    /// How often the process had no descriptor left for a client. Each time, the loop stopped
    /// accepting for a moment; the clients wait in the backlog.
    package var exhaustions: Int { exhaustionCount.value }

    /// Leaves new clients in the backlog.
    package func pause() {
        forEachAcceptor { $0.pause() }
    }

    package func resume() {
        forEachAcceptor { $0.resume() }
    }

    /// Stops listening. Connections live on. A Unix socket's file is removed.
    package func close() {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        guard isFirst else { return }
        if case .unix(let path) = address { unlink(path) }
        forEachAcceptor { $0.close() }
    }

    private func forEachAcceptor(_ body: @escaping @Sendable (Acceptor) -> Void) {
        for acceptor in acceptors {
            acceptor.loop.submit { body(acceptor.value) }
        }
    }
}
