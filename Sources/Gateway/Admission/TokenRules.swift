import Hub

/// What the claims of a token must say to be believed (RFC 7519, section 4.1).
package struct TokenRules: Sendable {
    /// For clocks that differ.
    package var leeway: Duration = .seconds(30)
    package var requiresExpiry = true
    /// From `iat`, or from now where it is absent, to `exp`. Nil: any.
    package var lifetimeMaximum: Duration?
    /// The `iss` that is expected, if any.
    package var issuer: String?
    /// The `aud` that must be among the token's, if any.
    package var audience: String?
    /// For tokens without a `grants` claim.
    package var defaultGrants = Grants.everything

    private static let tokenIDBytesMaximum = 128
    /// The year 9999, and as far back: beyond, a number is no date.
    private static let secondsMaximum = 253_402_300_799.0

    package init() {}

    package func identity(_ claims: JSON, at now: Timestamp) throws(Rejection) -> Identity {
        guard let user = claims["sub"]?.string, UserName.isUser(user) else {
            throw Rejection(
                .unauthorized,
                """
                The token's sub must be 1 to \(Principal.userBytesMaximum) bytes of printable \
                ASCII, without a space at either end, and not begin with \(UserName.guestPrefix).
                """
            )
        }
        let issuedAt = try date("iat", claims)
        let expires = try date("exp", claims)
        try checkTimes(expires: expires, issuedAt: issuedAt, claims, at: now)
        try checkParties(claims)
        let grants: Grants =
            if let claim = claims["grants"], !claim.isNull {
                try GrantsClaim.parse(claim)
            } else {
                defaultGrants
            }
        return Identity(
            principal: Principal(user: user, isGuest: false, grants: grants),
            expires: expires,
            ends: expires.map { $0.advanced(by: leeway) },
            tokenID: try tokenID(claims),
            issuedAt: issuedAt
        )
    }

    private func checkTimes(
        expires: Timestamp?,
        issuedAt: Timestamp?,
        _ claims: JSON,
        at now: Timestamp
    ) throws(Rejection) {
        let latest = now.advanced(by: leeway)
        if let expires {
            guard now < expires.advanced(by: leeway) else {
                throw Rejection(.tokenExpired, "The token has expired.")
            }
        } else if requiresExpiry {
            throw Rejection(.unauthorized, "The token must have an exp.")
        }
        if let start = try date("nbf", claims), latest < start {
            throw Rejection(.unauthorized, "The token is not valid yet.")
        }
        if let issuedAt, latest < issuedAt {
            throw Rejection(.unauthorized, "The token was issued in the future.")
        }
        if let lifetimeMaximum {
            guard let expires, expires <= (issuedAt ?? now).advanced(by: lifetimeMaximum) else {
                throw Rejection(.unauthorized, "The token is valid for longer than allowed.")
            }
        }
    }

    private func checkParties(_ claims: JSON) throws(Rejection) {
        if let issuer, claims["iss"]?.string != issuer {
            throw Rejection(.unauthorized, "The token is from another issuer.")
        }
        guard let audience else { return }
        let named = claims["aud"].map { $0.array ?? [$0] } ?? []
        guard named.contains(.string(audience)) else {
            throw Rejection(.unauthorized, "The token is for another audience.")
        }
    }

    private func tokenID(_ claims: JSON) throws(Rejection) -> String? {
        guard let value = claims["jti"], !value.isNull else { return nil }
        guard let id = value.string, (1...Self.tokenIDBytesMaximum).contains(id.utf8.count) else {
            throw Rejection(
                .unauthorized,
                "The token's jti is a string of 1 to \(Self.tokenIDBytesMaximum) bytes."
            )
        }
        return id
    }

    /// A NumericDate: seconds since 1970, whole or not.
    private func date(_ name: String, _ claims: JSON) throws(Rejection) -> Timestamp? {
        let seconds: Double
        switch claims[name] {
        case nil, .null: return nil
        case .int(let value): seconds = Double(value)
        case .double(let value): seconds = value
        default: throw Rejection(.unauthorized, "The token's \(name) is no number.")
        }
        guard abs(seconds) <= Self.secondsMaximum else {
            throw Rejection(.unauthorized, "The token's \(name) is out of range.")
        }
        return Timestamp(milliseconds: Int64(seconds * 1_000))
    }
}
