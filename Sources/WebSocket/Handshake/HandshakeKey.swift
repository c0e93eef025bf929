/// Question and answer of the opening handshake: RFC 6455, section 4.
package enum HandshakeKey {
    /// Proves that the server has read the key, and knows this protocol.
    package static func accept(_ key: String) -> String {
        Base64.encode(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    /// Whether it stands for 16 bytes.
    static func isValid(_ key: String) -> Bool {
        Base64.decodedCount(key) == 16
    }

    /// A key for a request.
    static func random() -> String {
        Base64.encode((0..<16).map { _ in UInt8.random(in: 0...255) })
    }
}
