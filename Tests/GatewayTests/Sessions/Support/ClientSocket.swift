import Glibc
import Reactor

/// A client's socket: every wait is bounded, and sending never blocks for ever.
final class ClientSocket {
    static let patience: Int32 = 120_000
    let descriptor: Int32
    private(set) var hasEnded = false

    /// - Parameter receiveBuffer: A small one makes a slow reader.
    init(_ address: Reactor.SocketAddress, receiveBuffer: Int32? = nil) throws {
        var family = AF_INET
        if case .unix = address { family = AF_UNIX }
        descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
        }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        guard Self.connect(descriptor, to: address) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw SocketError.failed("connect", code)
        }
    }

    /// Takes a connected socket over.
    init(taking descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        Glibc.close(descriptor)
    }

    private static func connect(_ descriptor: Int32, to address: Reactor.SocketAddress) -> Int32 {
        if case .unix(let path) = address {
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
            return withUnsafeBytes(of: &name) {
                Glibc.connect(
                    descriptor,
                    $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                    socklen_t(MemoryLayout<sockaddr_un>.size)
                )
            }
        }
        var name = LoopbackListener.address(address.port)
        return withUnsafeBytes(of: &name) {
            Glibc.connect(
                descriptor,
                $0.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size)
            )
        }
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            guard wait(Int16(POLLOUT), Self.patience) else { throw SocketError.ended("send") }
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(
                    descriptor,
                    $0.baseAddress,
                    $0.count,
                    Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
                )
            }
            if count < 0, errno == EAGAIN { continue }
            guard count > 0 else { throw SocketError.failed("send", errno) }
            sent += count
        }
    }

    /// Sends unless the peer takes nothing for a second; false then, or when it took only a part.
    func sendSome(_ bytes: [UInt8]) -> Bool {
        guard wait(Int16(POLLOUT), 1_000) else { return false }
        let count = bytes.withUnsafeBytes {
            Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        }
        return count == bytes.count
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    /// Lets a reader that was slow be quick.
    func widen() {
        var size: Int32 = 1 << 20
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
    }

    /// What is there, or comes within the time; empty when nothing does, or the end has come.
    func receive(within milliseconds: Int32) -> [UInt8] {
        guard !hasEnded, wait(Int16(POLLIN), milliseconds) else { return [] }
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else {
            hasEnded = true
            return []
        }
        return Array(bytes[..<count])
    }

    /// Everything until the other end closes.
    func rest() throws -> [UInt8] {
        var all: [UInt8] = []
        while !hasEnded {
            let bytes = receive(within: Self.patience)
            guard !bytes.isEmpty || hasEnded else { throw SocketError.ended("waiting") }
            all += bytes
        }
        return all
    }

    /// Ends without a word: the peer gets a reset.
    func cut() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        hasEnded = true
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private func wait(_ events: Int16, _ milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: events, revents: 0)
        return poll(&entry, 1, milliseconds) > 0
    }
}
