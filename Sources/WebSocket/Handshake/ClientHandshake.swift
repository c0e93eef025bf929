/// The client's side of the opening handshake: RFC 6455, section 4.1.
package struct ClientHandshake: Sendable {
    package let host: String
    package let target: String
    package let subprotocols: [String]
    package let compression: DeflateOffer?
    package let fields: HeaderFields
    private let key: String

    /// What client and server have settled on.
    package struct Agreement: Equatable, Sendable {
        package let subprotocol: String?
        package let compression: DeflateAgreement?
    }

    /// - Parameters:
    ///   - host: the name and, if it is not the scheme's own, the port.
    ///   - key: 16 bytes in base64; a random one unless a test wants to know it.
    package init(
        host: String,
        target: String,
        subprotocols: [String] = [],
        compression: DeflateOffer? = nil,
        fields: HeaderFields = [:],
        key: String? = nil
    ) {
        self.host = host
        self.target = target
        self.subprotocols = subprotocols
        self.compression = compression
        self.fields = fields
        self.key = key ?? HandshakeKey.random()
    }

    /// The bytes to send.
    package var request: [UInt8] {
        var writer = HeadWriter(startLine: "GET \(target) HTTP/1.1")
        writer.append("Host", host)
        writer.append("Upgrade", "websocket")
        writer.append("Connection", "Upgrade")
        writer.append("Sec-WebSocket-Key", key)
        writer.append("Sec-WebSocket-Version", "13")
        if !subprotocols.isEmpty {
            writer.append("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", "))
        }
        if let compression {
            writer.append("Sec-WebSocket-Extensions", compression.headerValue)
        }
        for field in fields.fields {
            writer.append(field.name, field.value)
        }
        return writer.finish()
    }

    /// Checks the answer.
    package func check(_ head: ResponseHead) throws(HandshakeFailure) -> Agreement {
        guard head.status == 101 else {
            throw HandshakeFailure("The server answered with status \(head.status)")
        }
        guard head.fields.list("Upgrade", contains: "websocket"),
            head.fields.list("Connection", contains: "Upgrade")
        else {
            throw HandshakeFailure("The server upgraded to something else")
        }
        guard head.fields.values(of: "Sec-WebSocket-Accept") == [HandshakeKey.accept(key)] else {
            throw HandshakeFailure("The server's answer is to another key")
        }
        let chosen = head.fields.values(of: "Sec-WebSocket-Protocol")
        guard chosen.count <= 1, chosen.allSatisfy(subprotocols.contains) else {
            throw HandshakeFailure("The server chose a subprotocol that was not offered")
        }
        return Agreement(subprotocol: chosen.first, compression: try agreedCompression(head))
    }

    private func agreedCompression(
        _ head: ResponseHead
    ) throws(HandshakeFailure) -> DeflateAgreement? {
        let values = head.fields.values(of: "Sec-WebSocket-Extensions")
        guard let extensions = ExtensionOffer.parse(values) else {
            throw HandshakeFailure("Sec-WebSocket-Extensions can't be read")
        }
        guard let first = extensions.first else { return nil }
        guard extensions.count == 1, let compression, let agreed = compression.agreement(first)
        else {
            throw HandshakeFailure("The server chose an extension that was not offered")
        }
        return agreed
    }
}
