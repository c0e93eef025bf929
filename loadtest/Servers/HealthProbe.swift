import Glibc

/// Asks a server on loopback whether it is there, in one short conversation that blocks.
enum HealthProbe {
    static func isReachable(port: UInt16) -> Bool {
        guard let socket = connected(port) else { return false }
        close(socket)
        return true
    }

    /// Whether a GET of the path is answered with 200.
    static func isWell(port: UInt16, path: String = "/healthz") -> Bool {
        guard let socket = connected(port) else { return false }
        defer { close(socket) }
        let request = Array(
            "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n".utf8
        )
        guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count
        else { return false }
        var answer = [UInt8](repeating: 0, count: 512)
        let count = recv(socket, &answer, answer.count, 0)
        return count > 0 && answer[..<count].starts(with: "HTTP/1.1 200".utf8)
    }

    private static func connected(_ port: UInt16) -> Int32? {
        let descriptor = socket(
            AF_INET,
            Int32(SOCK_STREAM.rawValue) | Int32(O_CLOEXEC),
            0
        )
        guard descriptor >= 0 else { return nil }
        var timeout = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &timeout,
            socklen_t(MemoryLayout<timeval>.size)
        )
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let answer = withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard answer == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
