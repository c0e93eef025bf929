import Glibc

/// A connection to a port of this machine that carries one request after another. It blocks: it is
/// for threads that nobody else needs.
final class PlainConnection {
    struct Reply {
        let status: Int
        let body: [UInt8]
    }

    private static let patience = 20
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// Nil when nobody listens.
    init?(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// The answer; nil when the connection ended without one.
    func ask(
        _ method: String,
        _ path: String,
        _ body: [UInt8] = [],
        type: String = "application/octet-stream"
    ) -> Reply? {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        if method != "GET" {
            head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\n"
        }
        guard write(Array((head + "\r\n").utf8) + body) else { return nil }
        guard let end = readHead() else { return nil }
        let lines = String(decoding: received[..<end], as: UTF8.self).split(separator: "\r\n")
        let status = lines.first.flatMap { Int($0.dropFirst(9).prefix(3)) }
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
        guard let status, let length else { return nil }
        while received.count < end + 4 + length {
            guard read() else { return nil }
        }
        let answer = Array(received[(end + 4)..<(end + 4 + length)])
        received.removeFirst(end + 4 + length)
        return Reply(status: status, body: answer)
    }

    /// Where the empty line is.
    private func readHead() -> Int? {
        while true {
            let end = received.indices.dropLast(3).first {
                received[$0..<$0 + 4].elementsEqual([13, 10, 13, 10])
            }
            if let end { return end }
            guard read() else { return nil }
        }
    }

    private func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func read() -> Bool {
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count > 0 else { return false }
        received += piece[..<count]
        return true
    }
}
