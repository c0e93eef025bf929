import Glibc
import Reactor

/// Opens sockets to a server on loopback, from several addresses in turn: one address has 28,000
/// ports, and a test may need more within a minute.
struct Dialer: Sendable {
    /// Of the servers that connections are spread over, by their numbers.
    let ports: [UInt16]
    /// How many of the addresses from 127.0.0.2 on are used.
    var sources: UInt32 = 8

    init(ports: [UInt16]) {
        self.ports = ports
    }

    func port(of number: Int) -> UInt16 { ports[number % ports.count] }

    /// A connection that is on its way. What is sent now goes out once the server has accepted;
    /// that it hasn't shows as a broken connection.
    func dial(
        number: Int,
        on loop: EventLoop,
        receiveBuffer: Int32? = nil,
        handler: any ConnectionHandler
    ) throws(LoadFailure) -> Connection {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(O_NONBLOCK) | Int32(O_CLOEXEC)
        let socket = Glibc.socket(AF_INET, type, 0)
        guard socket >= 0 else { throw LoadFailure("No socket for connection \(number)", errno) }
        Self.set(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // IP_BIND_ADDRESS_NO_PORT: the port is chosen when the other end is known, so that it only
        // has to differ there.
        Self.set(socket, Int32(IPPROTO_IP), 24, 1)
        if let receiveBuffer { Self.set(socket, SOL_SOCKET, SO_RCVBUF, receiveBuffer) }
        Self.endAbruptly(socket)
        let source = 0x7F00_0002 + UInt32(truncatingIfNeeded: number) % sources
        guard Self.call(bind, socket, source, 0) == 0 else {
            let number = errno
            close(socket)
            throw LoadFailure("A loopback address can't be bound", number)
        }
        let port = port(of: number)
        let answer = Self.call(connect, socket, 0x7F00_0001, port)
        guard answer == 0 || errno == EINPROGRESS else {
            let number = errno
            close(socket)
            throw LoadFailure("The server can't be reached", number)
        }
        return loop.adopt(socket, peer: .loopback(port: port), handler: handler)
    }

    /// A connection that is cut leaves no port behind in TIME_WAIT.
    private static func endAbruptly(_ socket: Int32) {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            socket,
            SOL_SOCKET,
            SO_LINGER,
            &linger,
            socklen_t(MemoryLayout<Glibc.linger>.size)
        )
    }

    private static func set(_ socket: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func call(
        _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32,
        _ socket: Int32,
        _ address: UInt32,
        _ port: UInt16
    ) -> Int32 {
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = address.bigEndian
        return withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
