import Foundation

/// A certificate authority of a test's own, a server's certificate for localhost and 127.0.0.1, and
/// a client's, all made by the openssl command.
final class ServerCertificates: Sendable {
    let folder: String
    var authority: String { folder + "/ca.pem" }
    func certificate(_ name: String) -> String { "\(folder)/\(name).pem" }
    func key(_ name: String) -> String { "\(folder)/\(name).key" }

    init() async throws {
        folder = NSTemporaryDirectory() + "/redis-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let curve = [
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
        ]
        try await ShellTool.run(
            ["openssl", "req", "-x509"] + curve
                + ["-subj", "/CN=authority", "-keyout", key("ca"), "-out", authority]
        )
        let names = ["server": "DNS:localhost,IP:127.0.0.1", "client": "DNS:client"]
        for (name, subject) in names {
            try await ShellTool.run(
                ["openssl", "req", "-x509", "-CA", authority, "-CAkey", key("ca")] + curve
                    + [
                        "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(subject)", "-addext",
                        "basicConstraints=critical,CA:FALSE", "-keyout", key(name), "-out",
                        certificate(name),
                    ]
            )
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The lines of a configuration for a server that speaks TLS on this port, and nothing else.
    func options(port: UInt16, asksClients: Bool) -> [String] {
        [
            "port 0", "tls-port \(port)", "tls-ca-cert-file \(authority)",
            "tls-cert-file \(certificate("server"))", "tls-key-file \(key("server"))",
            "tls-auth-clients \(asksClients ? "yes" : "no")",
        ]
    }
}
