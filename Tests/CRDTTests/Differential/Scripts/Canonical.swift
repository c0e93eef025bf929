import CRDT

/// The one text form that every engine's values are compared in.
struct Canonical {
    /// What an engine cannot tell apart.
    enum Precision {
        case exact
        /// Python has no undefined, and one kind of whole number.
        case python
    }

    let precision: Precision

    static func hex(of number: Double) -> String {
        let digits = String(number.bitPattern, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func hex(of bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    func text(of value: YValue) -> String {
        switch value {
        case .undefined: precision == .python ? "null" : "undefined"
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .integer(let number): Self.text(of: Double(number))
        case .float(let number): Self.text(of: number)
        case .float32(let number): Self.text(of: Double(number))
        case .bigint(let number): bigint(number)
        case .string(let string): Self.quoted(string)
        case .bytes(let bytes): "b" + Self.hex(of: bytes)
        case .array(let values): "[" + values.map(text).joined(separator: ",") + "]"
        case .object(let members): text(of: members)
        }
    }

    /// As JavaScript has objects: the last of several members with one name counts.
    func text(of members: [YMember]) -> String {
        var values: [String: YValue] = [:]
        for member in members { values[member.key] = member.value }
        let fields = values.keys.sorted {
            $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
        }
        .map { Self.quoted($0) + ":" + text(of: values[$0] ?? .undefined) }
        return "{" + fields.joined(separator: ",") + "}"
    }

    private static func text(of number: Double) -> String {
        let isNegativeZero = number == 0 && number.sign == .minus
        guard number.rounded() == number, abs(number) < 9_007_199_254_740_992, !isNegativeZero
        else { return "f" + hex(of: number) }
        return "\(Int(number))"
    }

    private func bigint(_ number: Int64) -> String {
        let isPlain = precision == .python && number.magnitude < 1 << 53
        return isPlain ? "\(number)" : "\(number)n"
    }
}
