/// The system calls that make a socket ready. They don't block and don't belong to a loop.

import CLinux
import Glibc

enum Sockets {
    /// A peer that acknowledges nothing, or keeps its window shut, is given up after this time. It
    /// is longer than the 60 seconds in which a slow reader may come back to life.
    static let userTimeoutMilliseconds: Int32 = 75_000
    static let keepAliveSeconds: Int32 = 120

    /// A stream socket that doesn't block, or the negative error number.
    static func open(for address: SocketAddress) -> Int {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(O_NONBLOCK) | Int32(O_CLOEXEC)
        let descriptor = socket(address.family, type, 0)
        return descriptor < 0 ? -Int(errno) : Int(descriptor)
    }

    /// Sends small frames at once, and notices dead peers. Accepted sockets inherit it all from
    /// the one that listens, so it costs nothing per connection.
    static func tune(_ descriptor: Int32, for address: SocketAddress) {
        if case .unix = address { return }
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, keepAliveSeconds)
        set(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, userTimeoutMilliseconds)
    }

    @discardableResult
    static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) -> Bool {
        var value = value
        return setsockopt(
            descriptor,
            level,
            option,
            &value,
            socklen_t(MemoryLayout<Int32>.size)
        ) == 0
    }

    static func connect(_ descriptor: Int32, to address: SocketAddress) -> Int {
        address.withSystemAddress { name, length in
            Glibc.connect(descriptor, name, length) < 0 ? -Int(errno) : 0
        }
    }

    /// The address that the kernel gave, port included.
    static func boundAddress(of descriptor: Int32) -> SocketAddress {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutableBytes(of: &storage) { bytes in
            guard let name = bytes.bindMemory(to: sockaddr.self).baseAddress else { return }
            getsockname(descriptor, name, &length)
        }
        return SocketAddress(storage, length: length)
    }

    static func makeNonBlocking(_ descriptor: Int32) {
        let flags = fcntl(descriptor, F_GETFL)
        if flags & O_NONBLOCK == 0 { _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) }
    }

    /// Two connected stream sockets that don't block.
    static func pair() throws(SocketError) -> (Int32, Int32) {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(O_NONBLOCK) | Int32(O_CLOEXEC)
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw .system(call: "socketpair", number: errno, address: nil)
        }
        return (ends[0], ends[1])
    }
}
