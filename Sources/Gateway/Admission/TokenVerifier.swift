import Hub
import Synchronization

/// Checks tokens: signature with JWTKit, then the claims.
///
/// The header chooses among the hub's keys and nothing more: a key is only ever used with its own
/// algorithm.
package final class TokenVerifier: Sendable {
    private let rules: TokenRules
    private let configured: Mutex<[VerificationKey]>
    private let ring = Mutex(KeyRing.empty)
    private let published: PublishedKeys?
    private let known: VerifiedTokens

    /// - Parameter keys: From the configuration.
    /// - Parameter published: A key set that changes under its issuer's hands, if there is one.
    package init(
        rules: TokenRules,
        keys: [VerificationKey],
        published: PublishedKeys? = nil,
        remembering capacity: Int = 10_000
    ) throws(KeyError) {
        self.rules = rules
        self.published = published
        configured = Mutex(keys)
        known = VerifiedTokens(capacity: capacity)
        try rebuild()
    }

    /// Replaces the keys of the configuration; sessions that are signed in stay so.
    package func replace(keys: [VerificationKey]) throws(KeyError) {
        let former = configured.withLock { current in
            let former = current
            current = keys
            return former
        }
        do throws(KeyError) {
            try rebuild()
        } catch {
            configured.withLock { $0 = former }
            throw error
        }
    }

    /// Reads the published keys again; without such a set it does nothing.
    package func refresh() async throws(KeyError) {
        guard let published else { return }
        try await published.refresh()
        try rebuild()
    }

    /// Who the token says its bearer is. May wait, once, for a key set to be read again.
    package func verify(_ token: String, at now: Timestamp) async throws(Rejection) -> Identity {
        if let identity = try verifyAtOnce(token, at: now) { return identity }
        // The token names a key that isn't known yet: perhaps the issuer has changed keys.
        if let published, await published.refreshForUnknownKey(at: now) {
            try? rebuild()
        }
        return try check(Array(token.utf8), at: now, isLastTry: true).identity()
    }

    /// The same without waiting; nil when only `verify` can tell.
    package func verifyAtOnce(
        _ token: String,
        at now: Timestamp
    ) throws(Rejection) -> Identity? {
        switch try check(Array(token.utf8), at: now, isLastTry: published == nil) {
        case .verified(let identity): identity
        case .unknownKey: nil
        }
    }

    private enum Outcome {
        case verified(Identity)
        case unknownKey

        func identity() throws(Rejection) -> Identity {
            guard case .verified(let identity) = self else { throw TokenVerifier.wrongSignature }
            return identity
        }
    }

    private static let wrongSignature = Rejection(
        .unauthorized,
        "The token was not signed with a key of this hub."
    )

    private func check(
        _ bytes: [UInt8],
        at now: Timestamp,
        isLastTry: Bool
    ) throws(Rejection) -> Outcome {
        // The length first: hashing is not for what no token can be.
        guard bytes.count <= CompactToken.bytesMaximum else {
            throw Rejection(
                .unauthorized,
                "A token has at most \(CompactToken.bytesMaximum) bytes."
            )
        }
        let key = VerifiedTokens.key(bytes)
        if let identity = known.identity(key, at: now) { return .verified(identity) }
        let token = try CompactToken(bytes)
        let ring = ring.withLock { $0 }
        if !isLastTry, let id = token.keyID, ring.lacks(id: id) { return .unknownKey }
        let isSigned = ring.candidates(token.algorithm, id: token.keyID).contains {
            $0.isValid(token.signature, for: token.signed)
        }
        guard isSigned else { throw Self.wrongSignature }
        let identity = try rules.identity(try token.claims(), at: now)
        known.remember(identity, key)
        return .verified(identity)
    }

    private func rebuild() throws(KeyError) {
        let keys = configured.withLock { $0 } + (published?.keys ?? [])
        let fresh = try KeyRing(keys)
        ring.withLock { $0 = fresh }
        known.forgetAll()
    }
}
