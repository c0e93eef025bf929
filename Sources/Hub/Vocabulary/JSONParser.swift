/// Reads one JSON text (RFC 8259) from bytes that are known to be UTF-8.
///
/// Strict, bounded in depth, one pass. Numbers that fit are integers; others are doubles. Written
/// here because a small command costs 8 µs in Foundation and under one here.
package struct JSONParser {
    /// Deeper arrays and objects are refused, so that hostile input can't use up the stack.
    package static let depthMaximum = 32

    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0

    /// The value, or a rejection that says where the text went wrong.
    package static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(Rejection) -> JSON {
        var parser = JSONParser(bytes: bytes)
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.at == bytes.count else { throw parser.failure("more after the value") }
        return value
    }

    package static func parse(_ bytes: [UInt8]) throws(Rejection) -> JSON {
        let result: Result<JSON, Rejection> = bytes.withUnsafeBufferPointer { buffer in
            do throws(Rejection) {
                return .success(try parse(buffer))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    private func failure(_ what: String) -> Rejection {
        Rejection(.badRequest, "Malformed JSON at byte \(at): \(what).")
    }

    private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            at += 1
        }
    }

    private mutating func value(depth: Int) throws(Rejection) -> JSON {
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw failure("the text ends early")
        default: return try number()
        }
    }

    private mutating func word(_ text: StaticString, _ value: JSON) throws(Rejection) -> JSON {
        let count = text.utf8CodeUnitCount
        guard bytes.count - at >= count else { throw failure("an unknown word") }
        for index in 0..<count where bytes[at + index] != text.utf8Start[index] {
            throw failure("an unknown word")
        }
        at += count
        return value
    }

    private mutating func object(depth: Int) throws(Rejection) -> JSON {
        guard depth < Self.depthMaximum else { throw failure("nested too deeply") }
        at += 1
        skipSpace()
        if current == UInt8(ascii: "}") {
            at += 1
            return .object([])
        }
        var members: [JSON.Member] = []
        members.reserveCapacity(6)
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure("a name is missing") }
            let key = try string()
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw failure("a colon is missing") }
            at += 1
            members.append(JSON.Member(key, try value(depth: depth + 1)))
            skipSpace()
            guard try separator(closing: UInt8(ascii: "}")) else { return .object(members) }
        }
    }

    private mutating func array(depth: Int) throws(Rejection) -> JSON {
        guard depth < Self.depthMaximum else { throw failure("nested too deeply") }
        at += 1
        var values: [JSON] = []
        skipSpace()
        if current == UInt8(ascii: "]") {
            at += 1
            return .array([])
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipSpace()
            guard try separator(closing: UInt8(ascii: "]")) else { return .array(values) }
        }
    }

    /// True for a comma, false for the closing bracket.
    private mutating func separator(closing: UInt8) throws(Rejection) -> Bool {
        guard let byte = current, byte == UInt8(ascii: ",") || byte == closing else {
            throw failure("a comma or a closing bracket is missing")
        }
        at += 1
        return byte != closing
    }

    private mutating func number() throws(Rejection) -> JSON {
        let start = at
        if current == UInt8(ascii: "-") { at += 1 }
        let whole = at
        skipDigits()
        guard at > whole else { throw failure("not a value") }
        guard bytes[whole] != UInt8(ascii: "0") || at == whole + 1 else {
            throw failure("a number with a leading zero")
        }
        var isWhole = true
        if current == UInt8(ascii: ".") {
            isWhole = false
            at += 1
            let fraction = at
            skipDigits()
            guard at > fraction else { throw failure("a fraction without digits") }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isWhole = false
            at += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { at += 1 }
            let exponent = at
            skipDigits()
            guard at > exponent else { throw failure("an exponent without digits") }
        }
        if isWhole, at - whole <= 18 {
            return .int(integer(from: whole, isNegative: whole > start))
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else {
            throw failure("a number out of range")
        }
        return .double(value)
    }

    /// At most 18 digits always fit.
    private func integer(from start: Int, isNegative: Bool) -> Int64 {
        var value: Int64 = 0
        for byte in bytes[start..<at] { value = value &* 10 &+ Int64(byte &- UInt8(ascii: "0")) }
        return isNegative ? -value : value
    }

    private mutating func skipDigits() {
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            at += 1
        }
    }

    private mutating func string() throws(Rejection) -> String {
        at += 1
        let start = at
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw failure("a control character in a string") }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            at += 1
        }
        guard at < bytes.count else { throw failure("a string that does not end") }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        at += 1
        return text
    }

    /// The slow way, taken from the first backslash on.
    private mutating func escapedString(from start: Int) throws(Rejection) -> String {
        var text = Array(bytes[start..<at])
        while let byte = current, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw failure("a control character in a string") }
            at += 1
            if byte == UInt8(ascii: "\\") {
                try appendEscape(to: &text)
            } else {
                text.append(byte)
            }
        }
        guard at < bytes.count else { throw failure("a string that does not end") }
        at += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(Rejection) {
        guard let byte = current else { throw failure("a string that does not end") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try unicodeEscape()).utf8)
        default: throw failure("an unknown escape")
        }
    }

    /// One scalar of one or two `\u` escapes; half a pair becomes U+FFFD, as in browsers' encoders.
    private mutating func unicodeEscape() throws(Rejection) -> Character {
        let replacement: Character = "\u{FFFD}"
        let first = try fourHexDigits()
        guard (0xD800...0xDFFF).contains(first) else {
            return Unicode.Scalar(first).map(Character.init) ?? replacement
        }
        guard first < 0xDC00, bytes.count - at >= 6, bytes[at] == UInt8(ascii: "\\"),
            bytes[at + 1] == UInt8(ascii: "u")
        else { return replacement }
        let mark = at
        at += 2
        let second = try fourHexDigits()
        guard (0xDC00...0xDFFF).contains(second) else {
            at = mark
            return replacement
        }
        let scalar = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
        return Unicode.Scalar(scalar).map(Character.init) ?? replacement
    }

    private mutating func fourHexDigits() throws(Rejection) -> UInt32 {
        guard bytes.count - at >= 4 else { throw failure("a short unicode escape") }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue else {
                throw failure("a unicode escape that is not hex")
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}
