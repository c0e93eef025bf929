/// Base64 (RFC 4648, section 4), as much of it as the handshake's keys need.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for position in 0..<4 {
                let isPadding = position > group.count
                let digit = alphabet[bits >> (18 - 6 * position) & 0x3F]
                text.append(isPadding ? UInt8(ascii: "=") : digit)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// How many bytes the text stands for; nil if it is no base64.
    static func decodedCount(_ text: String) -> Int? {
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        let paddingCount = text.utf8.count - digits.count
        guard text.utf8.count.isMultiple(of: 4), paddingCount <= 2,
            digits.allSatisfy(alphabet.contains),
            text.utf8.suffix(paddingCount).allSatisfy({ $0 == UInt8(ascii: "=") })
        else { return nil }
        return text.utf8.count / 4 * 3 - paddingCount
    }
}
