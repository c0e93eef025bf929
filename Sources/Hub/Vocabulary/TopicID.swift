/// The name of a topic: `kind:name`, such as `room:general`. Parsed once, at the door.
///
/// At most 255 bytes of `A-Z a-z 0-9 . _ - : / @ ~`, and of `%` with two digits of `0-9 A-F` behind
/// it, which is how user ids with other characters are written; neither part is empty.
package struct TopicID: Hashable, Sendable, CustomStringConvertible {
    /// The whole id, `kind:name`.
    package let text: String
    package let kind: TopicKind

    package static let bytesMaximum = 255

    /// The part after the first colon.
    package var name: Substring {
        text[text.utf8.index(text.startIndex, offsetBy: kind.rawValue.utf8.count + 1)...]
    }

    package var description: String { text }

    package init(_ text: String) throws(Rejection) {
        let bytes = text.utf8
        guard bytes.count <= Self.bytesMaximum else {
            throw Rejection(.badTopic, "A topic id has at most \(Self.bytesMaximum) bytes.")
        }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
            throw Rejection(.badTopic, "A topic id is kind:name.")
        }
        guard bytes.index(after: colon) < bytes.endIndex else {
            throw Rejection(.badTopic, "A topic id needs a name after its kind.")
        }
        guard bytes.allSatisfy({ Self.isAllowed($0) || $0 == UInt8(ascii: "%") }) else {
            throw Rejection(.badTopic, "A topic id is made of A-Z a-z 0-9 . _ - : / @ ~ %.")
        }
        guard Self.hasWholeEscapes(bytes) else {
            throw Rejection(.badTopic, "In a topic id two of 0-9 A-F follow a %.")
        }
        guard let kind = TopicKind(rawValue: String(text[..<colon])) else {
            throw Rejection(.badTopic, "There is no topic kind of that name.")
        }
        self.text = text
        self.kind = kind
    }

    /// One of the hub's own, known to be good.
    init(known kind: TopicKind, _ name: StaticString) {
        self.kind = kind
        text = "\(kind.rawValue):\(name)"
    }

    package init(_ kind: TopicKind, _ name: some StringProtocol) throws(Rejection) {
        try self.init("\(kind.rawValue):\(name)")
    }

    /// True for the characters of a topic id but `%`.
    package static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ":"),
            UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "~"):
            true
        default:
            false
        }
    }
}
