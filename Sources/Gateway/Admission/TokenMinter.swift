import Hub
import JWTKit

/// Signs tokens with an HMAC secret, for people who try the hub out. It makes none that the hub
/// would refuse.
package struct TokenMinter: Sendable {
    private let secret: Secret
    private let rules: TokenRules

    package init(secret: Secret, rules: TokenRules) {
        self.secret = secret
        self.rules = rules
    }

    package func mint(
        user: String,
        grants: Grants? = nil,
        lifetime: Duration,
        tokenID: String? = nil,
        at now: Timestamp = .now()
    ) async throws(Rejection) -> String {
        let expiry = now.advanced(by: lifetime)
        var claims: JSON = [
            "sub": .string(user), "iat": .int(now.milliseconds / 1_000),
            "exp": .int(expiry.milliseconds / 1_000),
        ]
        if let issuer = rules.issuer { claims.append("iss", .string(issuer)) }
        if let audience = rules.audience { claims.append("aud", .string(audience)) }
        if let tokenID { claims.append("jti", .string(tokenID)) }
        if let grants { claims.append("grants", GrantsClaim.json(grants)) }
        let header: JSON = ["alg": "HS256", "typ": "JWT"]
        let signed =
            Base64URL.encode(header.encoded()) + "." + Base64URL.encode(claims.encoded())
        let token = signed + "." + Base64URL.encode(try await signature(of: signed))
        try await check(token, at: now)
        return token
    }

    private func signature(of text: String) async throws(Rejection) -> [UInt8] {
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: secret.bytes), digestAlgorithm: .sha256)
        guard let key = try? await keys.getKey(), let signature = try? key.sign(Array(text.utf8))
        else { throw Rejection(.internal, "The secret could not be used.") }
        return signature
    }

    private func check(_ token: String, at now: Timestamp) async throws(Rejection) {
        let verifier: TokenVerifier
        do throws(KeyError) {
            verifier = try TokenVerifier(
                rules: rules,
                keys: [try await VerificationKey(secret: secret)]
            )
        } catch {
            throw Rejection(.badRequest, "The secret can't be used: \(error).")
        }
        _ = try verifier.verifyAtOnce(token, at: now)
    }
}
