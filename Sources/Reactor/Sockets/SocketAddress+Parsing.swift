/// Addresses as people write them, and names looked up.

import CLinux
import Glibc

extension SocketAddress {
    /// Reads "127.0.0.1:8000", "[::1]:8000", "[fe80::1%2]:8000" and "unix:/run/hub.sock".
    /// Names of hosts are not looked up here: see `resolve(host:port:)`.
    package init?(parsing text: String) {
        if text.hasPrefix("unix:") {
            self.init(path: String(text.dropFirst(5)))
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let port = UInt16(digits)
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = host.dropFirst().dropLast()
            guard inner.contains(":") else { return nil }
            self.init(host: String(inner), port: port)
        } else {
            guard !host.contains(":") else { return nil }
            self.init(host: String(host), port: port)
        }
    }

    /// A numeric address without brackets.
    package init?(host: String, port: UInt16) {
        var ipv4 = in_addr()
        if inet_pton(AF_INET, host, &ipv4) == 1 {
            self = .ipv4(UInt32(bigEndian: ipv4.s_addr), port: port)
            return
        }
        let parts = host.split(separator: "%", omittingEmptySubsequences: false)
        var scope: UInt32 = 0
        if parts.count == 2 {
            guard let number = UInt32(parts[1]) else { return nil }
            scope = number
        }
        var ipv6 = in6_addr()
        guard parts.count <= 2, inet_pton(AF_INET6, String(parts[0]), &ipv6) == 1 else {
            return nil
        }
        self.init(ipv6, scope: scope, port: port)
    }

    /// A Unix socket's path, which must fit into 107 bytes and hold no zero byte.
    package init?(path: String) {
        guard !path.isEmpty, path.utf8.count <= 107, !path.utf8.contains(0) else { return nil }
        self = .unix(path)
    }

    init(_ address: in6_addr, scope: UInt32, port: UInt16) {
        let (high, low) = withUnsafeBytes(of: address) {
            (
                UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        self = .ipv6(high: high, low: low, scope: scope, port: port)
    }

    /// The addresses of a name. Blocks on the resolver: not for loops.
    package static func resolve(
        host: String,
        port: UInt16
    ) throws(SocketError) -> [SocketAddress] {
        if let address = SocketAddress(host: host, port: port) { return [address] }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let answer = getaddrinfo(host, nil, &hints, &list)
        guard answer == 0 else {
            throw .unresolved(host: host, reason: String(cString: gai_strerror(answer)))
        }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr {
                addresses.append(
                    SocketAddress(address, length: entry.pointee.ai_addrlen).with(port: port)
                )
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }
}
