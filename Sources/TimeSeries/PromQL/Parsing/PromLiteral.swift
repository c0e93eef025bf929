/// Numbers and strings as Go writes them, which PromQL took over.
enum PromLiteral {
    /// Nil when it is no number, or too large for one.
    static func number(_ text: String) -> Double? {
        let lowercased = text.lowercased()
        if lowercased == "inf" { return .infinity }
        if lowercased == "nan" { return .nan }
        if lowercased.hasPrefix("0x") {
            return Int64(lowercased.dropFirst(2), radix: 16).map(Double.init)
        }
        // A leading zero means octal, where the digits allow it.
        if text.hasPrefix("0"), text.utf8.count > 1, text.utf8.allSatisfy(\.isDigit),
            let octal = Int64(text, radix: 8)
        {
            return Double(octal)
        }
        guard let value = Double(padded(text)), value.isFinite else { return nil }
        return value
    }

    /// `5.` and `.5` get the digit that Swift asks for.
    private static func padded(_ text: String) -> String {
        var padded = ""
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "."), !previous.isDigit { padded += "0" }
            if previous == UInt8(ascii: "."), !byte.isDigit { padded += "0" }
            padded.unicodeScalars.append(Unicode.Scalar(byte))
            previous = byte
        }
        return previous == UInt8(ascii: ".") ? padded + "0" : padded
    }

    /// What quotes hold, its escapes resolved; nil when one of them is none.
    static func unquoted(_ text: String) -> String? {
        let inner = text.utf8.dropFirst().dropLast()
        guard let quote = text.utf8.first, quote != UInt8(ascii: "`") else {
            return String(Substring(inner).filter { $0 != "\r" })
        }
        var bytes: [UInt8] = []
        var rest = inner[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escaped = escape(&rest, quote: quote) else { return nil }
            bytes += escaped
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func escape(_ rest: inout Substring.UTF8View, quote: UInt8) -> [UInt8]? {
        guard let kind = rest.popFirst() else { return nil }
        switch kind {
        case quote, UInt8(ascii: "\\"): return [kind]
        case UInt8(ascii: "a"): return [7]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "v"): return [11]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "x"):
            return code(&rest, digits: 2, radix: 16).map { [UInt8(truncatingIfNeeded: $0)] }
        case UInt8(ascii: "u"): return scalar(code(&rest, digits: 4, radix: 16))
        case UInt8(ascii: "U"): return scalar(code(&rest, digits: 8, radix: 16))
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            guard let low = code(&rest, digits: 2, radix: 8) else { return nil }
            return UInt8(exactly: UInt32(kind - UInt8(ascii: "0")) << 6 | low).map { [$0] }
        default: return nil
        }
    }

    private static func code(
        _ rest: inout Substring.UTF8View,
        digits: Int,
        radix: Int
    ) -> UInt32? {
        let text = rest.prefix(digits)
        guard text.count == digits, text.allSatisfy(\.isHexDigit) else { return nil }
        rest = rest.dropFirst(digits)
        return UInt32(Substring(text), radix: radix)
    }

    private static func scalar(_ code: UInt32?) -> [UInt8]? {
        code.flatMap(Unicode.Scalar.init).map { Array(String($0).utf8) }
    }
}
