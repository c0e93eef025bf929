/// The keys that are valid now, and which of them may check a given token.
package struct KeyRing: Sendable {
    /// A token without a key id is tried with every key of its algorithm, so the number is bounded.
    package static let keysMaximum = 32

    private let keys: [VerificationKey]

    package init(_ keys: [VerificationKey]) throws(KeyError) {
        guard keys.count <= Self.keysMaximum else { throw .tooManyKeys }
        self.keys = keys
    }

    package static let empty = KeyRing()

    private init() {
        keys = []
    }

    package var isEmpty: Bool { keys.isEmpty }

    /// Those of the token's algorithm. One that is named must have that name or none: keys from the
    /// configuration have none, and issuers name theirs as they like.
    package func candidates(_ algorithm: SigningAlgorithm, id: String?) -> [VerificationKey] {
        let suitable = keys.filter { $0.algorithm == algorithm }
        guard let id else { return suitable }
        let named = suitable.filter { $0.id == id }
        return named.isEmpty ? suitable.filter { $0.id == nil } : named
    }

    /// True when a key set ought to be read again before a token naming that key is refused.
    package func lacks(id: String) -> Bool {
        !keys.contains { $0.id == id }
    }
}
