import Hub

/// What the opening handshake told of who is coming.
package struct Visitor: Sendable {
    /// What the client's address counts as: `Admission.limitKey` of what trusted proxies report.
    package let address: String
    package var token: String?
    /// The name a guest asked for.
    package let guestName: String?

    package init(address: String, token: String?, guestName: String?) {
        self.address = address
        self.token = token
        self.guestName = guestName
    }
}
