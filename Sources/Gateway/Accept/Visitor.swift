import Hub

/// What the opening handshake told of who is coming.
package struct Visitor: Sendable {
    /// The IP address without a port, as trusted proxies report it; empty for a Unix socket.
    package let address: String
    package let token: String?
    /// The name a guest asked for.
    package let guestName: String?

    package init(address: String, token: String?, guestName: String?) {
        self.address = address
        self.token = token
        self.guestName = guestName
    }
}
