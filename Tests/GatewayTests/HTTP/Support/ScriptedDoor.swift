import Gateway
import Hub
import Synchronization

/// Knows the tokens that the test gives it; everyone else is a guest, or refused.
final class ScriptedDoor: Door {
    private struct State {
        var revoked: [String] = []
        var charged: [String] = []
    }

    private let tokens: [String: Principal]
    private let letsGuestsIn: Bool
    private let origins: Set<String>
    private let refusal: Rejection?
    private let revocationRefusal: Rejection?
    private let state = Mutex(State())

    /// - Parameter refusal: What `charge` says.
    /// - Parameter revocationRefusal: What revoking says.
    init(
        tokens: [String: Principal] = [:],
        letsGuestsIn: Bool = true,
        origins: Set<String> = [],
        refusal: Rejection? = nil,
        revocationRefusal: Rejection? = nil
    ) {
        self.tokens = tokens
        self.letsGuestsIn = letsGuestsIn
        self.origins = origins
        self.refusal = refusal
        self.revocationRefusal = revocationRefusal
    }

    var revoked: [String] { state.withLock { $0.revoked } }
    /// The addresses that were charged.
    var charged: [String] { state.withLock { $0.charged } }

    func identify(
        token: String?,
        guestName: String?,
        connection: ConnectionID
    ) async throws(Rejection) -> Identity {
        if let token {
            guard token != "stale" else {
                throw Rejection(.tokenExpired, "The token has expired.")
            }
            guard let principal = tokens[token] else {
                throw Rejection(.unauthorized, "The token can't be verified.")
            }
            return Identity(principal: principal)
        }
        guard letsGuestsIn else { throw Rejection(.unauthorized, "A token is needed.") }
        return Identity(
            principal: Principal(
                user: guestName ?? "guest-\(connection.number)",
                isGuest: true,
                grants: .everything
            )
        )
    }

    func admit(
        _ action: String,
        on topic: TopicID?,
        for principal: Principal
    ) throws(Rejection) {
        let isAllowed =
            if let topic { ActionGrants.allow(action, on: topic, for: principal) } else {
                principal.grants.allow(action, on: "hub")
            }
        guard isAllowed else {
            throw Rejection(.forbidden, "Your grants don't allow that here.")
        }
    }

    func charge(user: String, address: String, cost: Int) throws(Rejection) {
        state.withLock { $0.charged.append(address) }
        if let refusal { throw refusal }
    }

    func isAllowed(origin: String?, host: String?) -> Bool {
        guard let origin else { return true }
        return origins.contains(origin) || origin == host.map { "http://\($0)" }
    }

    func isAllowed(host: String?) -> Bool { host != "rebound.example" }

    func clientAddress(peer: String, forwardedFor: [String]) -> String {
        peer == "127.0.0.1" ? forwardedFor.last ?? peer : peer
    }

    func revoke(user: String) throws(Rejection) {
        if let revocationRefusal { throw revocationRefusal }
        state.withLock { $0.revoked.append("user \(user)") }
    }

    func revoke(tokenID: String) throws(Rejection) {
        if let revocationRefusal { throw revocationRefusal }
        state.withLock { $0.revoked.append("token \(tokenID)") }
    }
}
