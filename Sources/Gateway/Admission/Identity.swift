import Hub

/// Who a connection is, as a token or a guest's name established it.
package struct Identity: Sendable, Hashable {
    package let principal: Principal
    /// The token's `exp`: what the client is told. Nil for guests and tokens without end.
    package let expires: Timestamp?
    /// When the session ends: `expires` and the leeway for clocks that differ.
    package let ends: Timestamp?
    /// The token's `jti`.
    package let tokenID: String?
    /// The token's `iat`.
    package let issuedAt: Timestamp?

    package init(
        principal: Principal,
        expires: Timestamp? = nil,
        ends: Timestamp? = nil,
        tokenID: String? = nil,
        issuedAt: Timestamp? = nil
    ) {
        self.principal = principal
        self.expires = expires
        self.ends = ends ?? expires
        self.tokenID = tokenID
        self.issuedAt = issuedAt
    }
}
