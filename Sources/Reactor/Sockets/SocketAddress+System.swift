/// Addresses as the kernel has them.

import CLinux
import Glibc

extension SocketAddress {
    var family: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    init(_ storage: sockaddr_storage, length: socklen_t) {
        self = withUnsafeBytes(of: storage) { SocketAddress(bytes: $0, length: length) }
    }

    init(_ address: UnsafePointer<sockaddr>, length: socklen_t) {
        self.init(
            bytes: UnsafeRawBufferPointer(start: address, count: Int(length)),
            length: length
        )
    }

    /// An address of a family we don't speak reads as a Unix socket without a name.
    private init(bytes: UnsafeRawBufferPointer, length: socklen_t) {
        let length = min(bytes.count, Int(length))
        guard length >= MemoryLayout<sa_family_t>.size else {
            self = .unix("")
            return
        }
        let family = Int32(bytes.loadUnaligned(as: sa_family_t.self))
        if family == AF_INET, length >= MemoryLayout<sockaddr_in>.size {
            let name = bytes.loadUnaligned(as: sockaddr_in.self)
            self = .ipv4(
                UInt32(bigEndian: name.sin_addr.s_addr),
                port: UInt16(bigEndian: name.sin_port)
            )
        } else if family == AF_INET6, length >= MemoryLayout<sockaddr_in6>.size {
            let name = bytes.loadUnaligned(as: sockaddr_in6.self)
            self.init(
                name.sin6_addr,
                scope: name.sin6_scope_id,
                port: UInt16(bigEndian: name.sin6_port)
            )
        } else {
            let path = bytes[..<length].dropFirst(MemoryLayout<sa_family_t>.size)
            self = .unix(String(decoding: path.prefix { $0 != 0 }, as: UTF8.self))
        }
    }

    func withSystemAddress<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        switch self {
        case .ipv4(let address, let port):
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            name.sin_addr.s_addr = address.bigEndian
            return Self.lend(name, body)
        case .ipv6(let high, let low, let scope, let port):
            var name = sockaddr_in6()
            name.sin6_family = sa_family_t(AF_INET6)
            name.sin6_port = port.bigEndian
            name.sin6_scope_id = scope
            withUnsafeMutableBytes(of: &name.sin6_addr) {
                $0.storeBytes(of: high.bigEndian, as: UInt64.self)
                $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            return Self.lend(name, body)
        case .unix(let path):
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) {
                $0.dropLast().copyBytes(from: path.utf8.prefix(107))
            }
            return Self.lend(name, body)
        }
    }

    private static func lend<Name, Result>(
        _ name: Name,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Name>.size))
            }
        }
    }
}
