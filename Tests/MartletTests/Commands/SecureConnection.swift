import Foundation

/// A connection over TLS to a port of this machine, kept open: the openssl command speaks it.
final class SecureConnection {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// - Parameter trusted: A PEM file with the only certificate that is believed.
    init(port: Int, trusted: String) throws {
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "openssl", "s_client", "-quiet", "-no_ign_eof", "-verify_return_error", "-CAfile",
            trusted, "-servername", "localhost", "-connect", "127.0.0.1:\(port)",
        ]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// The status of a request; nil when the server isn't trusted, or the connection has ended.
    func status(_ path: String) -> Int? {
        // A process that has ended would end this one by the signal of a broken pipe.
        signal(SIGPIPE, SIG_IGN)
        let request = "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"
        try? input.fileHandleForWriting.write(contentsOf: Data(request.utf8))
        var reply: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first {
            reply.append(byte)
            let text = String(decoding: reply, as: UTF8.self)
            // The answers of health are short objects with no other within them.
            if text.hasSuffix("}") { return Int(text.dropFirst(9).prefix(3)) }
        }
        return nil
    }
}
