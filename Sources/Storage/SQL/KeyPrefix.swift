/// The leading part of an idempotency key as an integer that sorts as the key does.
///
/// The key index starts with it, so that keys that rise with time are added at the index's end.
/// ULIDs and UUIDs are packed, five or four bits a character, because the first eight characters
/// of a UUIDv7 stand still for 65 seconds and those of a ULID for one: all keys of that time would
/// land in random places of a range as large as what was written in it.
enum KeyPrefix {
    static func of(_ key: String) -> Int64 {
        let bytes = key.utf8
        var packed: UInt64?
        if bytes.count >= 32 { packed = pack(bytes, bits: 4, digits: 15, digit: hexDigit) }
        if packed == nil, bytes.count >= 26 {
            packed = pack(bytes, bits: 5, digits: 12, digit: base32Digit)
        }
        // Sixty bits at most, so that the sign bit never turns the order around.
        return Int64(packed ?? leadingBytes(bytes) >> 1)
    }

    private static func leadingBytes(_ bytes: String.UTF8View) -> UInt64 {
        var word: UInt64 = 0
        var count = 0
        for byte in bytes.prefix(8) {
            word = word << 8 | UInt64(byte)
            count += 1
        }
        return word << UInt64((8 - count) * 8)
    }

    /// Nil when a character is no digit; dashes are passed over.
    private static func pack(
        _ bytes: String.UTF8View,
        bits: UInt64,
        digits: Int,
        digit: (UInt8) -> UInt64?
    ) -> UInt64? {
        var word: UInt64 = 0
        var left = digits
        for byte in bytes {
            if left == 0 { break }
            if byte == UInt8(ascii: "-") { continue }
            guard let value = digit(byte) else { return nil }
            word = word << bits | value
            left -= 1
        }
        return left == 0 ? word : nil
    }

    /// Crockford's alphabet: no I, L, O or U.
    private static func base32Digit(_ byte: UInt8) -> UInt64? {
        let letter = byte | 0x20
        return switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte & 0x0F)
        case UInt8(ascii: "a")...UInt8(ascii: "h"): UInt64(letter - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "j"), UInt8(ascii: "k"): UInt64(letter - UInt8(ascii: "j")) + 18
        case UInt8(ascii: "m"), UInt8(ascii: "n"): UInt64(letter - UInt8(ascii: "m")) + 20
        case UInt8(ascii: "p")...UInt8(ascii: "t"): UInt64(letter - UInt8(ascii: "p")) + 22
        case UInt8(ascii: "v")...UInt8(ascii: "z"): UInt64(letter - UInt8(ascii: "v")) + 27
        default: nil
        }
    }

    private static func hexDigit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
