/// What PromQL's words are made of.
extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    var isHexDigit: Bool {
        isDigit || self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "f")
    }

    /// ASCII's, and the underscore.
    var isLetter: Bool {
        let lowercased = self | 0x20
        return lowercased >= UInt8(ascii: "a") && lowercased <= UInt8(ascii: "z")
            || self == UInt8(ascii: "_")
    }

    var isWord: Bool { isLetter || isDigit }

    var isBlank: Bool { self == 32 || self == 9 || self == 10 || self == 13 }
}
