/// Bytes in JSON: base64 with padding (RFC 4648, section 4).
extension JSON {
    /// The bytes, also where they came as text: in either alphabet, padded or not.
    package var binary: [UInt8]? {
        switch self {
        case .bytes(let bytes): bytes
        case .string(let text): Self.decode(base64: text.utf8)
        default: nil
        }
    }

    /// A quoted string of base64.
    package static func encode(base64 bytes: [UInt8], into text: inout [UInt8]) {
        text.reserveCapacity(text.count + (bytes.count + 2) / 3 * 4 + 2)
        text.append(UInt8(ascii: "\""))
        var index = 0
        while index + 3 <= bytes.count {
            let bits =
                UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8
                | UInt32(bytes[index + 2])
            for shift in stride(from: 18, through: 0, by: -6) {
                text.append(digit(bits >> UInt32(shift) & 63))
            }
            index += 3
        }
        let left = bytes.count - index
        if left > 0 {
            var bits = UInt32(bytes[index]) << 16
            if left == 2 { bits |= UInt32(bytes[index + 1]) << 8 }
            text.append(digit(bits >> 18 & 63))
            text.append(digit(bits >> 12 & 63))
            text.append(left == 2 ? digit(bits >> 6 & 63) : UInt8(ascii: "="))
            text.append(UInt8(ascii: "="))
        }
        text.append(UInt8(ascii: "\""))
    }

    /// Nil for anything that is no base64.
    package static func decode(base64 text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var gathered: UInt32 = 0
        var bits: UInt32 = 0
        var padding = 0
        for character in text {
            if character == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let value = value(of: character) else { return nil }
            gathered = gathered << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: gathered >> bits))
                gathered &= (1 << bits) - 1
            }
        }
        return bits < 6 && gathered == 0 && padding <= 2 ? bytes : nil
    }

    private static func digit(_ value: UInt32) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value)
        return switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
