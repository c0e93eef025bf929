/// Where one Redis process listens: a host (a name or a numeric address) and a port.

package struct RedisEndpoint: Hashable, Sendable {
    /// Without brackets when it is an IPv6 address.
    package let host: String
    package let port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }
}

extension RedisEndpoint: CustomStringConvertible {
    package var description: String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Reads "host:port" as MOVED and ASK have it: IPv6 addresses come without brackets there.
    init?(redirection text: some StringProtocol, hostWhenEmpty: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        let host = text[..<colon]
        self.init(host: host.isEmpty ? hostWhenEmpty : String(host), port: port)
    }
}
