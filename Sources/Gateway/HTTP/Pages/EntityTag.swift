import Crypto
import HTTPTypes
import Hub

/// Entity tags, `If-Match` and `If-None-Match` (RFC 9110, 8.8.3, 13.1.1 and 13.1.2).
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
        return tags(in: field).contains { candidate in
            let strong = candidate.hasPrefix("W/") ? candidate.dropFirst(2) : candidate
            return strong == "*" || strong == tag
        }
    }

    /// A strong tag: nothing has happened since that position.
    static func make(position: String) -> String { "\"\(position)\"" }

    /// What a command may be carried out on, as `If-Match` says; nil without the field. Weak tags
    /// match nothing, and neither do those that are no positions.
    static func condition(_ field: String?) -> Condition? {
        guard let field else { return nil }
        let tags = tags(in: field)
        if tags == ["*"] { return .exists }
        return .unchangedSince(tags.compactMap(position))
    }

    /// The positions that `If-None-Match` names, weak or not.
    static func positions(_ field: String?) -> [Position] {
        tags(in: field ?? "").compactMap { position($0.hasPrefix("W/") ? $0.dropFirst(2) : $0) }
    }

    private static func tags(in field: String) -> [Substring] {
        field.split(separator: ",").map { tag in
            var tag = tag.drop { $0 == " " || $0 == "\t" }
            while tag.last == " " || tag.last == "\t" { tag.removeLast() }
            return tag
        }
    }

    private static func position(_ tag: Substring) -> Position? {
        guard tag.count > 2, tag.first == "\"", tag.last == "\"" else { return nil }
        return try? Position(tag.dropFirst().dropLast())
    }

    static func notModified(_ tag: String) -> Answer {
        var fields = HTTPFields()
        fields.append(HTTPField(name: .eTag, value: tag))
        fields.append(HTTPField(name: .cacheControl, value: "no-cache"))
        return Answer(.notModified, fields: fields)
    }
}
