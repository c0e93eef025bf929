/// A request's start line and header fields: enough to tell whether it asks for a WebSocket.
///
/// Whatever is legal HTTP/1.x passes, since most of it is only looked at here and goes on to the
/// HTTP plane.
package struct RequestHead: Equatable, Sendable {
    package let method: String
    /// As it was sent.
    package let target: String
    /// HTTP/1.0 or HTTP/1.1.
    package let minorVersion: Int
    package let fields: HeaderFields

    /// Reads the head at the beginning of `bytes`. `byteCount` is its length: what follows belongs
    /// to the connection's next protocol. nil: the head has no end yet.
    package static func parse(
        _ bytes: Span<UInt8>,
        limits: HeadLimits = HeadLimits()
    ) throws(HandshakeRefusal) -> (head: RequestHead, byteCount: Int)? {
        guard let lines = try HeadLines.scan(bytes, limits: limits) else { return nil }
        guard let (method, target, version) = lines.startParts(in: bytes),
            Token.isToken(method),
            !target.isEmpty, target.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw .malformed("The request line is not: method, target, version")
        }
        let minorVersion: Int
        switch version {
        case "HTTP/1.1": minorVersion = 1
        case "HTTP/1.0": minorVersion = 0
        default:
            guard version.hasPrefix("HTTP/") else {
                throw .malformed("The request line does not end with a version")
            }
            throw HandshakeRefusal(505, "HTTP/1.1 is spoken here")
        }
        let head = RequestHead(
            method: method,
            target: target,
            minorVersion: minorVersion,
            fields: try lines.fields(in: bytes)
        )
        return (head, lines.byteCount)
    }

    /// Whether the client wants a WebSocket. If it does but does so wrongly, `UpgradeRequest` says
    /// what is wrong. An HTTP/1.0 client can't ask (RFC 9110, section 7.8).
    package var asksForWebSocket: Bool {
        minorVersion == 1 && fields.list("Upgrade", contains: "websocket")
    }
}

extension RequestHead {
    /// The target's path, percent-encoded as it was sent.
    package var path: String {
        let pathAndQuery = originForm
        return String(pathAndQuery.prefix { $0 != "?" })
    }

    /// What stands behind the target's question mark, percent-encoded as it was sent.
    package var query: String? {
        let pathAndQuery = originForm
        guard let mark = pathAndQuery.firstIndex(of: "?") else { return nil }
        return String(pathAndQuery[pathAndQuery.index(after: mark)...])
    }

    /// The decoded value of the first query item with this name.
    package func queryItem(_ name: String) -> String? {
        for item in (query ?? "").split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, PercentEncoding.decode(first) == name else { continue }
            return parts.count == 2 ? PercentEncoding.decode(parts[1]) : ""
        }
        return nil
    }

    /// The target without scheme and authority, which a client of a proxy sends along
    /// (RFC 9112, section 3.2.2).
    private var originForm: Substring {
        guard !target.hasPrefix("/"), let scheme = target.utf8.firstIndex(of: UInt8(ascii: ":")),
            target[scheme...].hasPrefix("://")
        else { return target[...] }
        let authority = target.index(scheme, offsetBy: 3)
        guard let end = target[authority...].firstIndex(where: { $0 == "/" || $0 == "?" }) else {
            return "/"
        }
        return target[end] == "?" ? "/" + target[end...] : target[end...]
    }
}
