/// An HTTP answer that ends a connection before it became a WebSocket.
package struct HandshakeRefusal: Error, Equatable, Sendable {
    package let status: Int
    /// For the person who looks at the answer.
    package let explanation: String
    package let fields: HeaderFields

    package init(_ status: Int, _ explanation: String, fields: HeaderFields = [:]) {
        self.status = status
        self.explanation = explanation
        self.fields = fields
    }

    static func malformed(_ explanation: String) -> HandshakeRefusal {
        HandshakeRefusal(400, explanation)
    }

    /// The finished answer; the connection is closed behind it.
    package var response: [UInt8] {
        var writer = HeadWriter(startLine: "HTTP/1.1 \(status) \(reasonPhrase)")
        for field in fields.fields {
            writer.append(field.name, field.value)
        }
        let body = explanation + "\n"
        writer.append("Content-Type", "text/plain; charset=utf-8")
        writer.append("Content-Length", String(body.utf8.count))
        writer.append("Connection", "close")
        return writer.finish() + body.utf8
    }

    private var reasonPhrase: String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 414: "URI Too Long"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        case 505: "HTTP Version Not Supported"
        // A phrase may be empty: RFC 9112, section 4.
        default: ""
        }
    }
}
