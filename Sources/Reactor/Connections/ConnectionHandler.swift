/// Who a connection speaks to. Every call comes on the connection's loop, never from inside
/// `send`, `close` or any other method of a connection: only from the loop itself.

package protocol ConnectionHandler: AnyObject {
    /// A connect has succeeded, or a TLS handshake is done. Accepted plain connections are open
    /// from the start and don't call it.
    func connectionOpened(_ connection: Connection)

    /// The bytes are valid during the call, and the handler may change them in place. The buffer is
    /// the one that all connections of the loop share.
    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer)

    /// The outbox fell to the low-water mark after it was above the high-water mark.
    func connectionDrained(_ connection: Connection)

    /// The peer will send nothing more, but still reads. Only when `allowsHalfClosure`.
    func connectionInputEnded(_ connection: Connection)

    /// Exactly once, and nothing is called after it.
    func connectionEnded(_ connection: Connection, _ reason: EndReason)
}

extension ConnectionHandler {
    package func connectionOpened(_ connection: Connection) {}
    package func connectionDrained(_ connection: Connection) {}
    package func connectionInputEnded(_ connection: Connection) {}
}
