/// Who is at the other end of a connection.
package struct ClientAddress: Sendable, Hashable {
    /// The client's IP address without a port, as trusted proxies report it; `unix` for a Unix
    /// socket.
    package var text: String
    /// The address the socket itself is connected to: the client, or the proxy before it.
    ///
    /// A proxy sends requests of many clients over one connection, so `text` is settled anew for
    /// each request from this and its `X-Forwarded-For`.
    package var peer: String
    package var isTLS: Bool
    /// True for a Unix socket: its peers are on this machine.
    package var isLocal: Bool

    package init(text: String, peer: String, isTLS: Bool = false, isLocal: Bool = false) {
        self.text = text
        self.peer = peer
        self.isTLS = isTLS
        self.isLocal = isLocal
    }

    /// True when the client runs on this machine.
    package var isLoopback: Bool {
        if text == "unix" { return isLocal }
        return text == "::1" || text.hasPrefix("127.") || text.hasPrefix("::ffff:127.")
    }
}
