import Glibc
import Synchronization

/// Ports of loopback that nobody listens on, each given out once. They are below those that the
/// kernel gives to clients, so that no client sits on one when its server is started again.
enum FreePorts {
    private static let next = Mutex(UInt16(15000 + Int(getpid()) % 160 * 100))

    static func take() -> UInt16 {
        for _ in 0..<20_000 {
            let port = next.withLock { next in
                defer { next = next >= 31_999 ? 15_000 : next + 1 }
                return next
            }
            if isFree(port) { return port }
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
