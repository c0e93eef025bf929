import Foundation

/// A certificate for this machine and its key, made by the openssl command.
struct CertificateFiles {
    let certificate: String
    let key: String

    /// Writes both into the workplace; called again it puts others in their place.
    init(in place: Workplace) throws {
        certificate = place.file("certificate.pem")
        key = place.file("key.pem")
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate,
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        guard openssl.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }

    var text: String {
        get throws { try String(contentsOfFile: certificate, encoding: .utf8) }
    }
}
