/// A client with a plain blocking socket, which knows nothing of loops. Every call gives up after
/// ten seconds.

import CLinux
import Glibc

@testable import Reactor

final class BlockingClient: @unchecked Sendable {
    // Sound: a descriptor is a number, and a test uses a client from one place at a time.
    let descriptor: Int32

    struct Failed: Error {
        let call: String
        let number: Int32
    }

    init(adopting descriptor: Int32) {
        self.descriptor = descriptor
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, size)
    }

    convenience init(to address: SocketAddress, receiveBuffer: Int32? = nil) throws {
        let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue), 0)
        self.init(adopting: descriptor)
        if let receiveBuffer { Sockets.set(descriptor, SOL_SOCKET, SO_RCVBUF, receiveBuffer) }
        guard Sockets.connect(descriptor, to: address) == 0 else {
            throw Failed(call: "connect", number: errno)
        }
    }

    deinit { Glibc.close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failed(call: "send", number: errno) }
            done += count
        }
    }

    /// Up to `count` bytes; fewer only when the peer has ended.
    func read(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes[done...].withUnsafeMutableBytes {
                Glibc.recv(descriptor, $0.baseAddress, $0.count, 0)
            }
            guard got >= 0 else { throw Failed(call: "recv", number: errno) }
            if got == 0 { break }
            done += got
        }
        return Array(bytes[..<done])
    }

    func endOutput() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Makes closing it send a reset.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_LINGER,
            &option,
            socklen_t(MemoryLayout<linger>.size)
        )
    }
}
