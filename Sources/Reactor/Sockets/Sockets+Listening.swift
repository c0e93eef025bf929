/// How a listening socket is made.

import CLinux
import Glibc

extension Sockets {
    /// A socket that listens; several may share a TCP address.
    static func listen(on address: SocketAddress, backlog: Int32) throws(SocketError) -> Int32 {
        let opened = open(for: address)
        guard opened >= 0 else {
            throw .system(call: "socket", number: Int32(-opened), address: address)
        }
        let descriptor = Int32(opened)
        do throws(SocketError) {
            if case .unix(let path) = address {
                try bind(descriptor, toPath: path)
            } else {
                set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
                set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1)
                if case .ipv6 = address { set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1) }
                tune(descriptor, for: address)
                try bind(descriptor, to: address)
            }
            guard Glibc.listen(descriptor, backlog) == 0 else {
                throw .system(call: "listen", number: errno, address: address)
            }
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func bind(_ descriptor: Int32, to address: SocketAddress) throws(SocketError) {
        let answer = address.withSystemAddress { Glibc.bind(descriptor, $0, $1) }
        guard answer == 0 else { throw .system(call: "bind", number: errno, address: address) }
    }

    /// The file of a hub that was killed is removed; one that somebody listens on is not. Owner and
    /// group may connect, and nobody could before the mode is set: it doesn't listen yet.
    private static func bind(_ descriptor: Int32, toPath path: String) throws(SocketError) {
        try removeStaleSocket(path)
        try bind(descriptor, to: .unix(path))
        guard chmod(path, 0o660) == 0 else {
            throw .system(call: "chmod", number: errno, address: .unix(path))
        }
    }

    private static func removeStaleSocket(_ path: String) throws(SocketError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .socketFileInUse(path: path) }
        let probe = open(for: .unix(path))
        guard probe >= 0 else {
            throw .system(call: "socket", number: Int32(-probe), address: .unix(path))
        }
        defer { close(Int32(probe)) }
        guard connect(Int32(probe), to: .unix(path)) == -Int(ECONNREFUSED) else {
            throw .socketFileInUse(path: path)
        }
        unlink(path)
    }
}
