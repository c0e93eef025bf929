import HTTPTypes
import Hub
import HummingbirdCore

/// A request with its target taken apart.
struct Call: Sendable {
    let request: HummingbirdCore.Request
    let connection: HTTPConnection
    let path: Substring
    let rawQuery: Substring

    /// Refuses targets that are no path, or too long.
    init(
        _ request: HummingbirdCore.Request,
        on connection: HTTPConnection,
        limits: HTTPLimits
    ) throws(Problem) {
        let target = request.head.path ?? ""
        guard target.utf8.count <= limits.targetBytesMaximum else { throw .targetTooLong }
        guard target.utf8.first == UInt8(ascii: "/") || target == "*" else { throw .badTarget }
        self.request = request
        self.connection = connection
        if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = target[..<mark]
            rawQuery = target[target.utf8.index(after: mark)...]
        } else {
            path = target[...]
            rawQuery = ""
        }
    }

    var method: HTTPRequest.Method { request.method }
    var fields: HTTPFields { request.headers }
    var origin: String? { request.headers[.origin] }
    var host: String? { request.head.authority }

    func query() throws(Problem) -> Query {
        guard let query = Query(rawQuery) else { throw .badTarget }
        return query
    }

    /// The token of `Authorization: Bearer`; nil without that field.
    func bearer() throws(Problem) -> String? {
        guard let value = fields[.authorization] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw Problem(.unauthorized, .unauthorized, "Authorization is Bearer and a token.")
        }
        return String(parts[1])
    }

    /// The client, as far as trusted proxies vouch for it.
    func clientAddress(_ door: any Door) -> String {
        let forwarded = fields[values: .forwardedFor]
        if forwarded.isEmpty, connection.client.peer == connection.client.text {
            return connection.client.text
        }
        return door.clientAddress(peer: connection.client.peer, forwardedFor: forwarded)
    }
}
