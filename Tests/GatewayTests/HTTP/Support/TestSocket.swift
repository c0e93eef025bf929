import Glibc

/// A blocking client socket; every call gives up after a minute.
final class TestSocket: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &limit,
            socklen_t(MemoryLayout<timeval>.size)
        )
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
    }

    deinit {
        close(descriptor)
    }

    /// Connects to a port of this machine.
    convenience init(port: UInt16) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = LoopbackListener.address(port)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            throw SocketError.failed("connect", code)
        }
        self.init(descriptor)
    }

    func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await onOwnThread { [descriptor] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw SocketError.failed("send", errno) }
                sent += count
            }
        }
    }

    /// Reads one response; one to `HEAD` has no body whatever its length says.
    func reply(toHead: Bool = false) async throws -> Reply {
        try await onOwnThread { [self] in
            var head: [UInt8] = []
            while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) { head.append(try byte()) }
            let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
            guard let code = lines.first?.split(separator: " ").dropFirst().first,
                let status = Int(code)
            else { throw SocketError.malformed("status line") }
            let fields = lines.dropFirst().map { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                let value = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
                return (name: parts[0].lowercased(), value: value)
            }
            let length = fields.first { $0.name == "content-length" }.flatMap { Int($0.value) }
            var body: [UInt8] = []
            while !toHead, body.count < length ?? 0 { body.append(try byte()) }
            return Reply(status: status, fields: fields, body: body)
        }
    }

    /// Sends a request and reads its response.
    func ask(_ request: String) async throws -> Reply {
        try await send(request)
        return try await reply(toHead: request.hasPrefix("HEAD "))
    }

    /// Reads until the other end closes.
    func rest() async throws -> [UInt8] {
        try await onOwnThread { [self] in
            var bytes: [UInt8] = []
            do {
                while true { bytes.append(try byte()) }
            } catch SocketError.ended {
                return bytes
            }
        }
    }

    private func byte() throws -> UInt8 {
        var byte: UInt8 = 0
        let count = recv(descriptor, &byte, 1, 0)
        guard count != 0 else { throw SocketError.ended("read") }
        guard count > 0 else { throw SocketError.failed("read", errno) }
        return byte
    }
}
