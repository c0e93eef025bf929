import Hub

/// What the HTTP plane asks of admission: who comes, and what they may do.
package protocol Door: Sendable {
    /// The user of a token, or a guest where guests are let in.
    func identify(
        token: String?,
        guestName: String?,
        connection: ConnectionID
    ) async throws(Rejection) -> Identity

    /// Refuses what the grants don't allow.
    func admit(_ action: String, on topic: TopicID?, for principal: Principal) throws(Rejection)

    /// Takes a request's cost from the buckets of its user and address.
    func charge(user: String, address: String, cost: Int) throws(Rejection)

    /// Whether pages of that origin may use the API. Nil is a client that is no browser.
    func isAllowed(origin: String?, host: String?) -> Bool

    /// For requests without an origin: an open hub answers under names of this machine only, or a
    /// stranger's page could rebind its own name to loopback and read.
    func isAllowed(host: String?) -> Bool

    /// The client's address, where the peer is a trusted proxy.
    func clientAddress(peer: String, forwardedFor: [String]) -> String

    func revoke(user: String) throws(Rejection)

    func revoke(tokenID: String) throws(Rejection)
}
