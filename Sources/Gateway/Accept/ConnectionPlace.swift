/// A connection's place under the caps: given back when the last who holds it lets it go, whether
/// the connection ended as a WebSocket, as HTTP or before it was either.
package final class ConnectionPlace: Sendable {
    private let admission: Admission
    private let address: String

    /// Nil when no place is left.
    package init?(_ admission: Admission, address: String) {
        guard (try? admission.connectionBegan(from: address)) != nil else { return nil }
        self.admission = admission
        self.address = address
    }

    deinit {
        admission.connectionEnded(from: address)
    }
}
