import Hub
import Synchronization

/// How many connections there may be: in all, from one address, of one user; and how fast they may
/// come from one address.
package final class ConnectionLimits: Sendable {
    package struct Bounds: Sendable, Hashable {
        package var total = 100_000
        package var perAddress = 1_000
        package var perUser = 100
        /// New connections from one address.
        package var rate = TokenBucket.Rate(perSecond: 200, burst: 1_000)

        package init() {}
    }

    private struct State {
        var total = 0
        var addresses: [String: Int] = [:]
        var users: [String: Int] = [:]
    }

    private let bounds: Bounds
    private let arrivals: SharedBuckets
    private let state = Mutex(State())

    package init(_ bounds: Bounds) {
        self.bounds = bounds
        arrivals = SharedBuckets(bounds.rate)
    }

    /// - Parameter address: `IPAddress.limitKey`, or `unix`; nil counts among all alone.
    package func connectionBegan(from address: String?, at now: Timestamp) throws(Rejection) {
        if let address { try arrive(from: address, at: now) }
        try take { state in
            guard state.total < bounds.total else { return false }
            if let address {
                guard count(address, in: &state) else { return false }
            }
            state.total += 1
            return true
        }
    }

    /// For a connection that counts among all already.
    package func connectionSettled(at address: String, now: Timestamp) throws(Rejection) {
        try arrive(from: address, at: now)
        try take { state in count(address, in: &state) }
    }

    private func arrive(from address: String, at now: Timestamp) throws(Rejection) {
        if let wait = arrivals.take(1, for: address, at: now) {
            throw Rejection(.rateLimited, "Too many new connections.", retryAfter: wait)
        }
    }

    private func take(_ place: (inout State) -> Bool) throws(Rejection) {
        let isTaken = state.withLock { state in place(&state) }
        guard isTaken else { throw Rejection(.limitReached, "Too many connections.") }
    }

    private func count(_ address: String, in state: inout State) -> Bool {
        let own = state.addresses[address, default: 0]
        guard own < bounds.perAddress else { return false }
        state.addresses[address] = own + 1
        return true
    }

    package func connectionEnded(from address: String?) {
        state.withLock { state in
            state.total -= 1
            if let address { Self.decrease(address, in: &state.addresses) }
        }
    }

    package func userBegan(_ user: String) throws(Rejection) {
        let isTaken = state.withLock { state in
            let own = state.users[user, default: 0]
            guard own < bounds.perUser else { return false }
            state.users[user] = own + 1
            return true
        }
        guard isTaken else { throw Rejection(.limitReached, "Too many connections of this user.") }
    }

    package func userEnded(_ user: String) {
        state.withLock { Self.decrease(user, in: &$0.users) }
    }

    package var total: Int {
        state.withLock { $0.total }
    }

    private static func decrease(_ name: String, in counts: inout [String: Int]) {
        guard let count = counts[name] else {
            preconditionFailure("What ends has begun.")
        }
        counts[name] = count > 1 ? count - 1 : nil
    }
}
