/// A number used once: what a page's scripts and styles are known by.
enum Nonce {
    /// 128 bits from the system's generator, in hexadecimal, which needs no escaping anywhere.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return hex(generator.next()) + hex(generator.next())
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
