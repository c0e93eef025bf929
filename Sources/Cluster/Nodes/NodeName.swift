/// What a node is called: 1 to 64 of `A-Z a-z 0-9 . _ -`.
package struct NodeName: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init?(_ text: String) {
        let isGood = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isGood, (1...64).contains(text.utf8.count) else { return nil }
        description = text
    }
}
