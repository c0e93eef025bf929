/// Why TLS could not be set up.

import COpenSSL

package enum TLSError: Error, Hashable {
    case certificateUnusable(path: String, reason: String)
    case keyUnusable(path: String, reason: String)
    /// The key is not the certificate's.
    case keyMismatch(certificate: String, key: String)
    case trustUnusable(path: String, reason: String)
    case protocolsInvalid
    case unavailable(reason: String)

    /// What OpenSSL has to say about the last failure of this thread; empties its queue.
    static func takeReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let text = ERR_reason_error_string(code) else { return "unknown reason" }
        return String(cString: text)
    }
}

extension TLSError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .certificateUnusable(let path, let reason):
            "the certificate chain \(path) can't be used: \(reason)"
        case .keyUnusable(let path, let reason):
            "the private key \(path) can't be used: \(reason)"
        case .keyMismatch(let certificate, let key):
            "the private key \(key) does not belong to the certificate \(certificate)"
        case .trustUnusable(let path, let reason):
            "the trusted certificates \(path) can't be used: \(reason)"
        case .protocolsInvalid:
            "a protocol name for ALPN has 1 to 255 bytes"
        case .unavailable(let reason):
            "TLS is not available: \(reason)"
        }
    }
}
