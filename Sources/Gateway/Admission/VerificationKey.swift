import JWTKit

/// One key that tokens are checked with, and the only algorithm that it may be used for.
///
/// The algorithm belongs to the key and is never taken from the token: that is what keeps a public
/// key from being used as an HMAC secret.
package struct VerificationKey: Sendable {
    /// The key's name in a key set; nil for keys from the configuration.
    package let id: String?
    package let algorithm: SigningAlgorithm
    private let verifier: any JWTAlgorithm

    /// RFC 7518, section 3.2: a key as long as the hash at least.
    package static let secretBytesMinimum = 32

    package init(secret: Secret, id: String? = nil) async throws(KeyError) {
        guard secret.bytes.count >= Self.secretBytesMinimum else { throw .secretTooShort }
        let keys = JWTKeyCollection()
        await keys.add(hmac: HMACKey(from: secret.bytes), digestAlgorithm: .sha256)
        try await self.init(.hs256, id: id, in: keys)
    }

    /// A public key in PEM (`BEGIN PUBLIC KEY`): RSA of 2,048 bits or more, P-256 or Ed25519.
    package init(pem: String, id: String? = nil) async throws(KeyError) {
        guard !pem.contains("PRIVATE KEY-----") else { throw .privateKey }
        guard pem.contains("-----BEGIN PUBLIC KEY-----") else { throw .notPublicKeyPEM }
        let keys = JWTKeyCollection()
        if let key = try? EdDSA.PublicKey(pem: pem) {
            await keys.add(eddsa: key)
            try await self.init(.edDSA, id: id, in: keys)
        } else if let key = try? ES256PublicKey(pem: pem) {
            await keys.add(ecdsa: key)
            try await self.init(.es256, id: id, in: keys)
        } else if let key = try? Insecure.RSA.PublicKey(pem: pem) {
            await keys.add(rsa: key, digestAlgorithm: .sha256)
            try await self.init(.rs256, id: id, in: keys)
        } else {
            throw .unusablePublicKey
        }
    }

    /// An RSA key of a key set: modulus and exponent in Base64URL.
    package init(modulus: String, exponent: String, id: String?) async throws(KeyError) {
        guard let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent) else {
            throw .unusablePublicKey
        }
        let keys = JWTKeyCollection()
        await keys.add(rsa: key, digestAlgorithm: .sha256)
        try await self.init(.rs256, id: id, in: keys)
    }

    /// A P-256 key of a key set: its coordinates in Base64URL.
    package init(x: String, y: String, id: String?) async throws(KeyError) {
        guard let key = try? ES256PublicKey(parameters: (x, y)) else { throw .unusablePublicKey }
        let keys = JWTKeyCollection()
        await keys.add(ecdsa: key)
        try await self.init(.es256, id: id, in: keys)
    }

    /// An Ed25519 key of a key set, in Base64URL.
    package init(ed25519 x: String, id: String?) async throws(KeyError) {
        guard let key = try? EdDSA.PublicKey(x: x, curve: .ed25519) else {
            throw .unusablePublicKey
        }
        let keys = JWTKeyCollection()
        await keys.add(eddsa: key)
        try await self.init(.edDSA, id: id, in: keys)
    }

    private init(
        _ algorithm: SigningAlgorithm,
        id: String?,
        in keys: JWTKeyCollection
    ) async throws(KeyError) {
        // Taken out of the collection once, so that checking a token needs no actor.
        guard let verifier = try? await keys.getKey(), verifier.name == algorithm.rawValue else {
            throw .unusablePublicKey
        }
        self.id = id
        self.algorithm = algorithm
        self.verifier = verifier
    }

    package func isValid(_ signature: [UInt8], for signed: some Collection<UInt8>) -> Bool {
        (try? verifier.verify(signature, signs: Array(signed))) ?? false
    }
}
