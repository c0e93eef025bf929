/// How sockets come to a loop, and what the loop keeps for their connections.

import CLinux
import Glibc

extension EventLoop {
    private static var connectionEvents: UInt32 { .readable | .peerEnded | .edgeTriggered }

    /// How many connections and listeners the loop watches.
    package var watchedCount: Int { slots.count }

    /// Connects. The handler hears `connectionOpened` or, when it fails or takes longer than the
    /// timeout (TLS handshake included), `connectionEnded`. Frames may be queued at once.
    @discardableResult
    package func connect(
        to address: SocketAddress,
        tls context: TLSContext? = nil,
        serverName: String? = nil,
        timeout: Duration = .seconds(10),
        handler: any ConnectionHandler
    ) -> Connection {
        precondition(isCurrent, "A connect was begun away from its loop.")
        let socket = kernel.openSocket(for: address)
        let session = socket < 0 ? nil : context?.makeSession(Int32(socket), serverName: serverName)
        let connection = Connection(
            loop: self,
            descriptor: Int32(max(socket, -1)),
            peer: address,
            phase: .connecting,
            tls: session,
            isTLS: context != nil
        )
        connection.handler = handler
        guard socket >= 0 else {
            connection.end(.unreachable(Int32(-socket)))
            return connection
        }
        guard context == nil || session != nil else {
            connection.end(.tls("no memory for a session"))
            return connection
        }
        let answer = kernel.connect(Int32(socket), to: address)
        guard answer >= 0 || answer == -Int(EINPROGRESS) else {
            connection.end(.unreachable(Int32(-answer)))
            return connection
        }
        connection.watchesWriting = true
        connection.deadline = schedule(after: timeout) { connection.end(.timedOut) }
        watch(connection)
        return connection
    }

    /// Makes a connection of a connected stream socket, which now belongs to the loop. `isTLS` says
    /// how the client reached us, when the socket is the plain end of a relay.
    @discardableResult
    package func adopt(
        _ descriptor: Int32,
        peer: SocketAddress,
        isTLS: Bool = false,
        handler: (any ConnectionHandler)? = nil
    ) -> Connection {
        precondition(isCurrent, "A socket was adopted away from its loop.")
        Sockets.makeNonBlocking(descriptor)
        let connection = Connection(
            loop: self,
            descriptor: descriptor,
            peer: peer,
            phase: .open,
            isTLS: isTLS
        )
        connection.handler = handler
        watch(connection)
        return connection
    }

    /// Makes a connection of an accepted socket.
    func accepted(
        _ descriptor: Int32,
        peer: SocketAddress,
        tls context: TLSContext?
    ) -> Connection? {
        let session = context?.makeSession(descriptor, serverName: nil)
        guard context == nil || session != nil else {
            kernel.close(descriptor)
            return nil
        }
        let connection = Connection(
            loop: self,
            descriptor: descriptor,
            peer: peer,
            phase: session == nil ? .open : .handshaking,
            tls: session,
            isTLS: session != nil
        )
        watch(connection)
        return connection
    }

    private func watch(_ connection: Connection) {
        connection.token = slots.insert(connection)
        let events = Self.connectionEvents | (connection.watchesWriting ? .writable : 0)
        let answer = kernel.add(
            connection.descriptor,
            to: poll,
            events: events,
            token: connection.token
        )
        if answer < 0 { connection.end(.broken(Int32(-answer))) }
    }

    /// Watches a socket that is in epoll already for another connection object.
    func takeOver(_ connection: Connection) {
        connection.token = slots.insert(connection)
        connection.watchesWriting = true
        _ = kernel.change(
            connection.descriptor,
            in: poll,
            events: Self.connectionEvents | .writable,
            token: connection.token
        )
        queueRead(of: connection)
    }

    func watchWriting(_ connection: Connection) {
        let answer = kernel.change(
            connection.descriptor,
            in: poll,
            events: Self.connectionEvents | .writable,
            token: connection.token
        )
        if answer < 0 { connection.end(.broken(Int32(-answer))) }
    }

    /// Room for the frames after a queue's first. Storage that has grown past the usual size is
    /// not kept, and no more than a mebibyte of it waits here.
    func takeOutboxStorage() -> Outbox.Storage {
        if let storage = spareStorage.popLast() { return storage }
        var storage = Outbox.Storage()
        storage.reserveCapacity(16)
        return storage
    }

    func giveBackOutboxStorage(_ storage: consuming Outbox.Storage) {
        if storage.capacity <= 128, spareStorage.count < 512 { spareStorage.append(storage) }
    }
}
