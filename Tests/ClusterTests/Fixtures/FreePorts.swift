import Glibc
import Synchronization

/// Ports of loopback that nobody listens on, each given out once. They and the ports 10,000 above,
/// where a cluster's nodes talk to each other, are below those that the kernel gives to clients: no
/// client sits on one when its server is started again.
enum FreePorts {
    private static let next = Mutex(UInt16(11_000 + Int(getpid()) % 99 * 100))

    static func take() -> UInt16 {
        for _ in 0..<20_000 {
            let port = next.withLock { next in
                defer { next = next >= 20_999 ? 11_000 : next + 1 }
                return next
            }
            if isFree(port), isFree(port + 10_000) { return port }
        }
        preconditionFailure("All ports of loopback are in use.")
    }

    private static func isFree(_ port: UInt16) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var reuse: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
