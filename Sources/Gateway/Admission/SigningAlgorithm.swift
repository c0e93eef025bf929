/// The signature algorithms that tokens may use (RFC 7518, RFC 8037). There is no `none`.
package enum SigningAlgorithm: String, Sendable, CaseIterable {
    case hs256 = "HS256"
    case rs256 = "RS256"
    case es256 = "ES256"
    case edDSA = "EdDSA"
}
