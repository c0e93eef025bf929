/// Why a key can't be used. Never holds any of it.
package enum KeyError: Error, Hashable, CustomStringConvertible {
    case secretTooShort
    case privateKey
    case notPublicKeyPEM
    case unusablePublicKey
    case malformedKeySet(String)
    case unreachableKeySet(String)
    case tooManyKeys

    package var description: String {
        switch self {
        case .secretTooShort:
            "a token secret has at least \(VerificationKey.secretBytesMinimum) bytes"
        case .privateKey: "that is a private key: give the hub the public one only"
        case .notPublicKeyPEM: "that is no PEM with BEGIN PUBLIC KEY"
        case .unusablePublicKey: "that is no RSA (2,048 bits or more), P-256 or Ed25519 public key"
        case .malformedKeySet(let why): "the key set (JWKS) is malformed: \(why)"
        case .unreachableKeySet(let why): "the key set (JWKS) can't be read: \(why)"
        case .tooManyKeys: "more than \(KeyRing.keysMaximum) keys"
        }
    }
}
