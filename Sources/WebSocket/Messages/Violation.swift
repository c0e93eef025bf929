/// The peer broke the protocol: the connection ends with this code. The reason is for the close
/// frame and the log.
package struct Violation: Error, Hashable, Sendable {
    package let code: CloseCode
    package let reason: String

    package init(_ code: CloseCode, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// What to tell the peer.
    package var status: CloseStatus { CloseStatus(code, reason: reason) }
}
