import WebSocket

/// What a dialect makes of one WebSocket: everything is called on the connection's loop.
protocol DialectSession: AnyObject {
    /// The user who is signed in, once that is known.
    var user: String? { get }

    /// The WebSocket is open.
    func opened()

    /// A whole message. A violation closes the connection with its code.
    func receive(text: Span<UInt8>) throws(Violation)

    func receive(binary: Span<UInt8>) throws(Violation)

    /// The outbox is nearly empty again after it was full.
    func drained()

    /// The hub asks the client to move within that time.
    func drain(within window: Duration)

    /// A token or user was revoked: ends the session if it is this one's.
    func revoked(_ isRevoked: (Identity) -> Bool)

    /// Once, when the WebSocket has ended for whatever reason.
    func ended(isAbrupt: Bool)
}

extension DialectSession {
    var user: String? { nil }

    func revoked(_ isRevoked: (Identity) -> Bool) {}
}
