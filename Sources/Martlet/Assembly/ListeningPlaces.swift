import Gateway
import Glibc
import NIOCore
import NIOPosix
import Reactor

/// The addresses to listen on, looked up and allowed.
struct ListeningPlaces: Sendable {
    private let addresses: [Reactor.SocketAddress]

    /// Refuses to be reachable from elsewhere without keys: everyone there would be a guest who may
    /// do everything.
    static func find(_ settings: Settings) throws(Failure) -> ListeningPlaces {
        let listening = settings.listening
        var addresses: [Reactor.SocketAddress] = []
        for host in listening.hosts {
            addresses += try resolve(host, UInt16(listening.port))
        }
        if settings.admission.isOpen, let open = addresses.first(where: { !$0.isLoopback }) {
            throw Failure(
                .configuration,
                """
                The hub has no keys, so it listens on loopback only, not on \(open.host): \
                set auth.secrets, auth.key-files or auth.jwks.
                """
            )
        }
        if !listening.unix.isEmpty {
            guard let unix = Reactor.SocketAddress(path: listening.unix) else {
                throw Failure(.configuration, "unix must be a path of at most 107 bytes.")
            }
            addresses.append(unix)
        }
        guard !addresses.isEmpty else {
            throw Failure(.configuration, "There is no address to listen on: set host or unix.")
        }
        return ListeningPlaces(addresses: addresses)
    }

    /// Listens on all of them or on none. Where the port is free to choose, all take the same.
    func listen(
        on loops: Reactor.EventLoopGroup,
        tls: TLSContext?,
        probing threads: MultiThreadedEventLoopGroup,
        accept: @escaping @Sendable (Connection) -> Void
    ) throws(Failure) -> [Listener] {
        var listeners: [Listener] = []
        do throws(Failure) {
            var port: UInt16 = 0
            for address in addresses {
                if Self.isUnix(address) {
                    listeners.append(try Self.listen(address, loops, nil, accept))
                    continue
                }
                let place = address.port == 0 ? address.with(port: port) : address
                try Self.probe(place, on: threads)
                let listener = try Self.listen(place, loops, tls, accept)
                port = listener.address.port
                listeners.append(listener)
            }
        } catch {
            for listener in listeners { listener.close() }
            throw error
        }
        return listeners
    }

    private static func isUnix(_ address: Reactor.SocketAddress) -> Bool {
        if case .unix = address { true } else { false }
    }

    private static func resolve(
        _ host: String,
        _ port: UInt16
    ) throws(Failure) -> [Reactor.SocketAddress] {
        do throws(SocketError) {
            return try Reactor.SocketAddress.resolve(host: host, port: port)
        } catch {
            throw Failure(.configuration, "host: \(error).")
        }
    }

    private static func listen(
        _ address: Reactor.SocketAddress,
        _ loops: Reactor.EventLoopGroup,
        _ tls: TLSContext?,
        _ accept: @escaping @Sendable (Connection) -> Void
    ) throws(Failure) -> Listener {
        do throws(SocketError) {
            return try Listener(on: address, group: loops, tls: tls, accept: accept)
        } catch {
            throw failure(error, address)
        }
    }

    private static func failure(
        _ error: SocketError,
        _ address: Reactor.SocketAddress
    ) -> Failure {
        switch error {
        case .system(_, EADDRINUSE, _): inUse(address)
        case .system(_, EACCES, _), .system(_, EPERM, _):
            Failure(.noPermission, "Listening on \(address) is not allowed to this user.")
        case .socketFileInUse: Failure(.system, "\(error).")
        default: Failure(.system, "Can't listen: \(error).")
        }
    }

    private static func inUse(_ address: Reactor.SocketAddress) -> Failure {
        Failure(.system, "\(address) is in use by another process.")
    }

    /// Loops share the port, and so could a second hub, taking half of the first one's clients: a
    /// socket that shares with nobody finds out.
    private static func probe(
        _ address: Reactor.SocketAddress,
        on threads: MultiThreadedEventLoopGroup
    ) throws(Failure) {
        guard address.port != 0 else { return }
        let bootstrap = ServerBootstrap(group: threads)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.autoRead, value: false)
        let future = bootstrap.bind(host: address.host, port: Int(address.port))
        do {
            try future.flatMap { $0.close() }.wait()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw inUse(address)
        } catch {
            // Listening itself will say what else is wrong.
        }
    }
}
