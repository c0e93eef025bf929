/// Why a client can't go on with a server's answer to its handshake.
package struct HandshakeFailure: Error, Equatable, Sendable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}
