import Synchronization

/// A connection's place under the caps: given back when the last who holds it lets it go, whether
/// the connection ended as a WebSocket, as HTTP or before it was either.
package final class ConnectionPlace: Sendable {
    private let admission: Admission
    /// Nil for the connection of a proxy, which carries the requests of many clients: it counts
    /// among all, and under nobody's address.
    private let address: Mutex<String?>

    /// Nil when no place is left.
    package init?(_ admission: Admission, address: String?) {
        guard (try? admission.connectionBegan(from: address)) != nil else { return nil }
        self.admission = admission
        self.address = Mutex(address)
    }

    /// Counts under the address from here on, unless it does under one already; false when that
    /// has too many.
    func settle(at address: String) -> Bool {
        self.address.withLock { own in
            guard own == nil else { return true }
            guard (try? admission.connectionSettled(at: address)) != nil else { return false }
            own = address
            return true
        }
    }

    deinit {
        admission.connectionEnded(from: address.withLock { $0 })
    }
}
