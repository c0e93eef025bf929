/// Something that a user's own pages keep with the hub: a name, and a JSON value of theirs.
package struct Preference: Sendable, Hashable {
    package static let nameBytesMaximum = 64
    package static let valueBytesMaximum = 64 << 10
    package static let null = Array("null".utf8)

    package let name: String
    /// JSON, as the hub writes it; null stands for none.
    package let value: [UInt8]

    /// Nil when either is beyond its bounds.
    package init?(name: String, value: [UInt8]) {
        guard Self.isName(name), !value.isEmpty, value.count <= Self.valueBytesMaximum else {
            return nil
        }
        self.name = name
        self.value = value
    }

    package var isNull: Bool { value == Self.null }

    /// The name in a command's fields.
    static func name(in fields: Fields) throws(Rejection) -> String {
        let name = try fields.string("name")
        guard isName(name) else {
            throw fields.refusal("name", "has 1 to \(nameBytesMaximum) of A-Z a-z 0-9 . _ -")
        }
        return name
    }

    private static func isName(_ text: String) -> Bool {
        (1...nameBytesMaximum).contains(text.utf8.count) && text.utf8.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
