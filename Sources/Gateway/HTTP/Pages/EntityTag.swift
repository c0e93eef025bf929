import Crypto
import HTTPTypes

/// Entity tags and `If-None-Match` (RFC 9110, 8.8.3 and 13.1.2).
enum EntityTag {
    /// A strong tag from the first 128 bits of a content's hash.
    static func make(_ digest: SHA256.Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let hex = digest.prefix(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return "\"\(String(decoding: hex, as: UTF8.self))\""
    }

    /// Weak comparison, as the field demands.
    static func matches(_ field: String?, _ tag: String) -> Bool {
        guard let field else { return false }
        return field.split(separator: ",").contains { candidate in
            var candidate = candidate.drop { $0 == " " || $0 == "\t" }
            while candidate.last == " " || candidate.last == "\t" { candidate.removeLast() }
            if candidate.hasPrefix("W/") { candidate = candidate.dropFirst(2) }
            return candidate == "*" || candidate == tag
        }
    }

    static func notModified(_ tag: String) -> Answer {
        var fields = HTTPFields()
        fields.append(HTTPField(name: .eTag, value: tag))
        fields.append(HTTPField(name: .cacheControl, value: "no-cache"))
        return Answer(.notModified, fields: fields)
    }
}
