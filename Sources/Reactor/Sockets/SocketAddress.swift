/// Where a socket is: an IPv4 or IPv6 address with a port, or a path of the file system.

import Glibc

package enum SocketAddress: Hashable, Sendable {
    /// The address as a number in host order: 127.0.0.1 is 0x7f000001.
    case ipv4(UInt32, port: UInt16)
    /// The address as two halves in host order; the scope names the interface of a link-local one.
    case ipv6(high: UInt64, low: UInt64, scope: UInt32, port: UInt16)
    /// Empty for the client's end of a Unix socket, which has no name.
    case unix(String)

    package static func loopback(port: UInt16) -> SocketAddress {
        .ipv4(0x7f00_0001, port: port)
    }

    /// Zero for Unix sockets.
    package var port: UInt16 {
        switch self {
        case .ipv4(_, let port), .ipv6(_, _, _, let port): port
        case .unix: 0
        }
    }

    /// Whether only this machine reaches it. Unix sockets count, and ::ffff:127.0.0.1 does.
    package var isLoopback: Bool {
        switch self {
        case .ipv4(let address, _):
            address >> 24 == 127
        case .ipv6(let high, let low, _, _):
            high == 0 && (low == 1 || low >> 24 == 0xffff_7f)
        case .unix:
            true
        }
    }

    package func with(port: UInt16) -> SocketAddress {
        switch self {
        case .ipv4(let address, _):
            .ipv4(address, port: port)
        case .ipv6(let high, let low, let scope, _):
            .ipv6(high: high, low: low, scope: scope, port: port)
        case .unix:
            self
        }
    }
}

extension SocketAddress: CustomStringConvertible {
    /// As `init(parsing:)` reads it.
    package var description: String {
        switch self {
        case .ipv4(_, let port): "\(host):\(port)"
        case .ipv6(_, _, _, let port): "[\(host)]:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    /// The address without its port; the path of a Unix socket.
    package var host: String {
        switch self {
        case .ipv4(let address, _):
            return (0..<4).map { String(address >> (24 - 8 * UInt32($0)) & 0xff) }
                .joined(separator: ".")
        case .ipv6(let high, let low, let scope, _):
            var words = (high.bigEndian, low.bigEndian)
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            inet_ntop(AF_INET6, &words, &text, socklen_t(text.count))
            let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let address = String(decoding: bytes, as: UTF8.self)
            return scope == 0 ? address : "\(address)%\(scope)"
        case .unix(let path):
            return path
        }
    }
}
