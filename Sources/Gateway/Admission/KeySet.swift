import Hub

/// Reads a JSON Web Key Set (RFC 7517): the keys in it that can check tokens.
///
/// Others are passed over, as issuers publish encryption keys and algorithms of tomorrow beside
/// them. Symmetric keys (`oct`) too: a secret has no place in what is published.
package enum KeySet {
    package static let bytesMaximum = 256 * 1_024
    private static let keysMaximum = 256

    package static func parse(_ bytes: [UInt8]) async throws(KeyError) -> [VerificationKey] {
        guard bytes.count <= bytesMaximum, String(validating: bytes, as: UTF8.self) != nil else {
            throw .malformedKeySet("it is too large or not UTF-8")
        }
        guard let json = try? JSONParser.parse(bytes), let listed = json["keys"]?.array else {
            throw .malformedKeySet("it is no JSON object with a list of keys")
        }
        guard listed.count <= keysMaximum else { throw .tooManyKeys }
        var keys: [VerificationKey] = []
        for entry in listed {
            if let key = await key(entry) { keys.append(key) }
        }
        guard !keys.isEmpty else {
            throw .malformedKeySet("none of its keys is for RS256, ES256 or EdDSA signatures")
        }
        guard keys.count <= KeyRing.keysMaximum else { throw .tooManyKeys }
        return keys
    }

    private static func key(_ entry: JSON) async -> VerificationKey? {
        guard isForSignatures(entry) else { return nil }
        let id = entry["kid"]?.string
        let algorithm = entry["alg"]?.string
        switch (entry["kty"]?.string, entry["crv"]?.string) {
        case ("RSA", _) where algorithm ?? "RS256" == "RS256":
            guard let n = entry["n"]?.string, let e = entry["e"]?.string else { return nil }
            return try? await VerificationKey(modulus: n, exponent: e, id: id)
        case ("EC", "P-256") where algorithm ?? "ES256" == "ES256":
            guard let x = entry["x"]?.string, let y = entry["y"]?.string else { return nil }
            return try? await VerificationKey(x: x, y: y, id: id)
        case ("OKP", "Ed25519") where ["EdDSA", "Ed25519"].contains(algorithm ?? "EdDSA"):
            guard let x = entry["x"]?.string else { return nil }
            return try? await VerificationKey(ed25519: x, id: id)
        default:
            return nil
        }
    }

    /// RFC 7517, sections 4.2 and 4.3: absent means for anything.
    private static func isForSignatures(_ entry: JSON) -> Bool {
        guard entry["use"]?.string ?? "sig" == "sig" else { return false }
        guard let operations = entry["key_ops"]?.array else { return true }
        return operations.contains("verify")
    }
}
