import Crypto
import CryptoExtras
import Foundation
import Hub

@testable import Gateway

/// Signs tokens for tests with swift-crypto directly, so that the hub's own reading of JWT isn't
/// checked against itself.
struct Minter: Sendable {
    enum Key: Sendable {
        case hmac([UInt8])
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
        case none
    }

    let key: Key
    let algorithm: String

    static func hmac(_ secret: String) -> Minter {
        Minter(key: .hmac(Array(secret.utf8)), algorithm: "HS256")
    }

    static func edDSA() -> Minter {
        Minter(key: .ed25519(Curve25519.Signing.PrivateKey()), algorithm: "EdDSA")
    }

    static func es256() -> Minter {
        Minter(key: .p256(P256.Signing.PrivateKey()), algorithm: "ES256")
    }

    static func rs256() throws -> Minter {
        Minter(key: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048)), algorithm: "RS256")
    }

    /// A token of the claims; `header` replaces the usual one.
    func token(_ claims: JSON, kid: String? = nil, header: JSON? = nil) throws -> String {
        var usual: JSON = ["alg": .string(algorithm), "typ": "JWT"]
        if let kid { usual.append("kid", .string(kid)) }
        let signed =
            Base64URL.encode((header ?? usual).encoded()) + "."
            + Base64URL.encode(claims.encoded())
        return signed + "." + Base64URL.encode(try signature(Array(signed.utf8)))
    }

    func signature(_ bytes: [UInt8]) throws -> [UInt8] {
        switch key {
        case .hmac(let secret):
            Array(
                HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: secret))
            )
        case .rsa(let key):
            Array(
                try key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5)
                    .rawRepresentation
            )
        case .p256(let key): Array(try key.signature(for: bytes).rawRepresentation)
        case .ed25519(let key): Array(try key.signature(for: bytes))
        case .none: []
        }
    }

    var publicPEM: String {
        switch key {
        case .rsa(let key): key.publicKey.pemRepresentation
        case .p256(let key): key.publicKey.pemRepresentation
        case .ed25519(let key): key.publicKey.pemRepresentation
        case .hmac, .none: ""
        }
    }

    /// The key as an entry of a key set.
    func jwk(_ id: String) throws -> JSON {
        switch key {
        case .rsa(let key):
            let numbers = try key.publicKey.getKeyPrimitives()
            return [
                "kty": "RSA", "kid": .string(id), "use": "sig",
                "n": .string(Base64URL.encode(numbers.modulus)),
                "e": .string(Base64URL.encode(numbers.publicExponent)),
            ]
        case .p256(let key):
            let point = Array(key.publicKey.rawRepresentation)
            return [
                "kty": "EC", "crv": "P-256", "kid": .string(id), "alg": "ES256",
                "x": .string(Base64URL.encode(point[..<32])),
                "y": .string(Base64URL.encode(point[32...])),
            ]
        case .ed25519(let key):
            return [
                "kty": "OKP", "crv": "Ed25519", "kid": .string(id),
                "x": .string(Base64URL.encode(key.publicKey.rawRepresentation)),
            ]
        case .hmac(let secret):
            return ["kty": "oct", "kid": .string(id), "k": .string(Base64URL.encode(secret))]
        case .none:
            return [:]
        }
    }

    /// Claims that are good at the moment given.
    static func claims(_ user: String = "ada", at now: Timestamp) -> JSON {
        let seconds = now.milliseconds / 1_000
        return ["sub": .string(user), "iat": .int(seconds), "exp": .int(seconds + 600)]
    }
}
