import Hub

/// A JSON Web Token in its compact form (RFC 7515, section 7.1), taken apart and not yet trusted.
package struct CompactToken: Sendable {
    package let algorithm: SigningAlgorithm
    package let keyID: String?
    /// The bytes that the signature covers: header, dot, payload, as they came.
    package let signed: ArraySlice<UInt8>
    package let signature: [UInt8]
    private let payload: ArraySlice<UInt8>

    package static let bytesMaximum = 8_192
    private static let keyIDBytesMaximum = 256

    package init(_ bytes: [UInt8]) throws(Rejection) {
        guard bytes.count <= Self.bytesMaximum else {
            throw Rejection(.unauthorized, "A token has at most \(Self.bytesMaximum) bytes.")
        }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty, !parts[2].isEmpty else {
            throw Self.malformed("it has not three parts")
        }
        let header = try Self.object(parts[0], "header")
        guard let name = header["alg"]?.string, let algorithm = SigningAlgorithm(rawValue: name)
        else {
            throw Rejection(.unauthorized, "The token's algorithm is not one that the hub takes.")
        }
        // RFC 7515, section 4.1.11: who doesn't understand an extension must refuse the token.
        guard header["crit"] == nil else {
            throw Self.malformed("its header has an extension that must be understood")
        }
        guard let signature = Base64URL.decode(parts[2]) else {
            throw Self.malformed("its signature is not Base64URL")
        }
        self.algorithm = algorithm
        self.keyID = try Self.keyID(header)
        self.signature = signature
        self.payload = parts[1]
        self.signed = bytes[..<parts[1].endIndex]
    }

    /// The claims; to be asked for once the signature has been checked.
    package func claims() throws(Rejection) -> JSON {
        try Self.object(payload, "payload")
    }

    private static func keyID(_ header: JSON) throws(Rejection) -> String? {
        guard let value = header["kid"], !value.isNull else { return nil }
        guard let id = value.string, id.utf8.count <= keyIDBytesMaximum else {
            throw malformed("its key id is no string or too long")
        }
        return id
    }

    private static func object(
        _ part: ArraySlice<UInt8>,
        _ name: String
    ) throws(Rejection) -> JSON {
        guard let bytes = Base64URL.decode(part) else {
            throw malformed("its \(name) is not Base64URL")
        }
        // The parser counts on UTF-8.
        guard String(validating: bytes, as: UTF8.self) != nil,
            let value = try? JSONParser.parse(bytes), case .object(let members) = value
        else { throw malformed("its \(name) is no JSON object") }
        // Two readers might pick different ones of a repeated name.
        guard Set(members.map(\.key)).count == members.count else {
            throw malformed("its \(name) has a name twice")
        }
        return value
    }

    private static func malformed(_ why: String) -> Rejection {
        Rejection(.unauthorized, "The token is malformed: \(why).")
    }
}
