import Glibc
import Reactor

/// Lets blocking clients speak through TLS: what goes into the socket it opens is encrypted on a
/// loop of its own.
final class TLSTunnel {
    private let group = EventLoopGroup(loops: 1)
    private let address: SocketAddress
    private let context: TLSContext

    init(to address: SocketAddress) throws {
        self.address = address
        context = try TLSContext.client(trust: .anyone)
        group.start()
    }

    func stop() {
        group.stop()
        group.join()
    }

    func open() throws -> ClientSocket {
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw SocketError.failed("socketpair", errno)
        }
        let (loop, inner) = (group[0], ends[0])
        loop.submit { [address, context] in
            let plain = loop.adopt(inner, peer: .unix(""))
            plain.pauseReading()
            let ends = Ends(plain: plain)
            plain.handler = ends
            ends.secure = loop.connect(
                to: address,
                tls: context,
                serverName: "localhost",
                handler: ends
            )
        }
        return ClientSocket(taking: ends[1])
    }

    /// The two ends of one tunnel.
    private final class Ends: ConnectionHandler {
        let plain: Connection
        var secure: Connection?

        init(plain: Connection) {
            self.plain = plain
        }

        func connectionOpened(_ connection: Connection) {
            plain.resumeReading()
        }

        func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
            (connection === plain ? secure : plain)?.send(Array(bytes))
        }

        func connectionEnded(_ connection: Connection, _ reason: EndReason) {
            let other = connection === plain ? secure : plain
            other?.close(.afterFlush(timeout: .seconds(1)))
            secure = nil
        }
    }
}
