/// Reads JSON text (RFC 8259): the first format has embeds and attributes in it.
struct JSONReader {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int

    private init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The value of bytes that are UTF-8 already.
    static func value(
        of bytes: [UInt8],
        in range: Range<Int>,
        depth: Int
    ) throws(YDecodingError) -> YValue {
        var reader = JSONReader(bytes, in: range)
        let value = try reader.readValue(depth: depth)
        reader.skipWhitespace()
        guard reader.position == reader.end else { throw .malformedJSON }
        return value
    }

    private mutating func readValue(depth: Int) throws(YDecodingError) -> YValue {
        skipWhitespace()
        switch peek {
        case UInt8(ascii: "n"): return try readWord("null", as: .null)
        case UInt8(ascii: "t"): return try readWord("true", as: .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", as: .bool(false))
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "["): return try readArray(depth: depth)
        case UInt8(ascii: "{"): return try readObject(depth: depth)
        default: return try readNumber()
        }
    }

    /// The next byte; 0 at the end, which begins nothing.
    private var peek: UInt8 { position < end ? bytes[position] : 0 }

    private mutating func skipWhitespace() {
        while [0x20, 0x09, 0x0A, 0x0D].contains(peek) { position += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < end, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func readWord(
        _ word: String,
        as value: YValue
    ) throws(YDecodingError) -> YValue {
        for letter in word.utf8 {
            guard skip(letter) else { throw .malformedJSON }
        }
        return value
    }

    private mutating func readArray(depth: Int) throws(YDecodingError) -> YValue {
        guard depth > 0 else { throw .tooDeep }
        position += 1
        var elements: [YValue] = []
        skipWhitespace()
        if skip(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try readValue(depth: depth - 1))
            skipWhitespace()
            if skip(UInt8(ascii: "]")) { return .array(elements) }
            guard skip(UInt8(ascii: ",")) else { throw .malformedJSON }
        }
    }

    private mutating func readObject(depth: Int) throws(YDecodingError) -> YValue {
        guard depth > 0 else { throw .tooDeep }
        position += 1
        var members: [YMember] = []
        skipWhitespace()
        if skip(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipWhitespace()
            guard peek == UInt8(ascii: "\"") else { throw .malformedJSON }
            let key = try readString()
            skipWhitespace()
            guard skip(UInt8(ascii: ":")) else { throw .malformedJSON }
            members.append(YMember(key: key, value: try readValue(depth: depth - 1)))
            skipWhitespace()
            if skip(UInt8(ascii: "}")) { return .object(members) }
            guard skip(UInt8(ascii: ",")) else { throw .malformedJSON }
        }
    }

    private mutating func readNumber() throws(YDecodingError) -> YValue {
        let start = position
        _ = skip(UInt8(ascii: "-"))
        if !skip(UInt8(ascii: "0")) { try readDigits() }
        if skip(UInt8(ascii: ".")) { try readDigits() }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
            try readDigits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let number = Double(text) else { throw .malformedJSON }
        return YValue(number: number)
    }

    private mutating func readDigits() throws(YDecodingError) {
        let start = position
        while peek >= UInt8(ascii: "0"), peek <= UInt8(ascii: "9") { position += 1 }
        guard position > start else { throw .malformedJSON }
    }

    private mutating func readString() throws(YDecodingError) -> String {
        position += 1
        let start = position
        while position < end, bytes[position] >= 0x20 {
            if bytes[position] == UInt8(ascii: "\"") {
                defer { position += 1 }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            }
            if bytes[position] == UInt8(ascii: "\\") {
                return try readEscapedString(after: Array(bytes[start..<position].utf16Units))
            }
            position += 1
        }
        throw .malformedJSON
    }

    /// A string with escapes is put together from UTF-16, in which JSON writes its escapes.
    private mutating func readEscapedString(
        after head: [UInt16]
    ) throws(YDecodingError) -> String {
        var units = head
        var start = position
        while position < end, bytes[position] >= 0x20 {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                units.append(contentsOf: bytes[start..<position].utf16Units)
                position += 1
                if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF16.self) }
                units.append(try readEscape())
                start = position
            } else {
                position += 1
            }
        }
        throw .malformedJSON
    }

    private mutating func readEscape() throws(YDecodingError) -> UInt16 {
        guard position < end else { throw .malformedJSON }
        defer { position += 1 }
        switch bytes[position] {
        case UInt8(ascii: "\""): return 0x22
        case UInt8(ascii: "\\"): return 0x5C
        case UInt8(ascii: "/"): return 0x2F
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            guard end - position > 4 else { throw .malformedJSON }
            let digits = bytes[position + 1...position + 4]
            let isHex = digits.allSatisfy { Character(UnicodeScalar($0)).isHexDigit && $0 < 0x80 }
            guard isHex, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw .malformedJSON }
            position += 4
            return unit
        default: throw .malformedJSON
        }
    }
}

extension ArraySlice<UInt8> {
    /// The code units of text that is UTF-8.
    fileprivate var utf16Units: String.UTF16View { String(decoding: self, as: UTF8.self).utf16 }
}
