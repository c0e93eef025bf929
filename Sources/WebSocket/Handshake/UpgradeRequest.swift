/// A request for a WebSocket that is in order: RFC 6455, section 4.2.1.
package struct UpgradeRequest: Sendable {
    package let head: RequestHead
    package let host: String
    /// The page's origin, if a browser sends it.
    package let origin: String?
    /// What the client would like to speak, best first.
    package let subprotocols: [String]
    package let extensions: [ExtensionOffer]
    private let key: String

    package init(_ head: RequestHead) throws(HandshakeRefusal) {
        let fields = head.fields
        guard head.method == "GET" else {
            throw HandshakeRefusal(
                405,
                "A WebSocket is asked for with GET",
                fields: ["Allow": "GET"]
            )
        }
        guard head.asksForWebSocket else {
            throw .malformed("This is no HTTP/1.1 request with Upgrade: websocket")
        }
        guard fields.list("Connection", contains: "Upgrade") else {
            throw .malformed("Connection: Upgrade is missing; a proxy may have dropped it")
        }
        // Bytes behind the head would be a body to one reader and frames to another.
        guard fields["Transfer-Encoding"] == nil, (fields["Content-Length"] ?? "0") == "0" else {
            throw .malformed("A request for a WebSocket has no body")
        }
        let hosts = fields.values(of: "Host")
        guard let host = hosts.first, hosts.count == 1 else {
            throw .malformed("There must be one Host field")
        }
        guard fields.values(of: "Sec-WebSocket-Version") == ["13"] else {
            throw HandshakeRefusal(
                426,
                "Version 13 is spoken here",
                fields: [
                    "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                ]
            )
        }
        let keys = fields.values(of: "Sec-WebSocket-Key")
        guard let key = keys.first, keys.count == 1, HandshakeKey.isValid(key) else {
            throw .malformed("Sec-WebSocket-Key must stand for 16 bytes, in base64")
        }
        let subprotocols = fields.list("Sec-WebSocket-Protocol")
        guard subprotocols.allSatisfy(Token.isToken) else {
            throw .malformed("A subprotocol's name is a token")
        }
        guard let extensions = ExtensionOffer.parse(fields.values(of: "Sec-WebSocket-Extensions"))
        else {
            throw .malformed("Sec-WebSocket-Extensions can't be read")
        }
        self.head = head
        self.host = host
        self.origin = fields["Origin"]
        self.subprotocols = subprotocols
        self.extensions = extensions
        self.key = key
    }

    /// The answer that opens the WebSocket. Behind it come frames.
    package func response(
        subprotocol: String? = nil,
        compression: DeflateAgreement? = nil,
        fields: HeaderFields = [:]
    ) -> [UInt8] {
        var writer = HeadWriter(startLine: "HTTP/1.1 101 Switching Protocols")
        writer.append("Upgrade", "websocket")
        writer.append("Connection", "Upgrade")
        writer.append("Sec-WebSocket-Accept", HandshakeKey.accept(key))
        if let subprotocol {
            precondition(
                subprotocols.contains(subprotocol),
                "Only a subprotocol that was offered is chosen"
            )
            writer.append("Sec-WebSocket-Protocol", subprotocol)
        }
        if let compression {
            writer.append("Sec-WebSocket-Extensions", compression.headerValue)
        }
        for field in fields.fields {
            writer.append(field.name, field.value)
        }
        return writer.finish()
    }
}
