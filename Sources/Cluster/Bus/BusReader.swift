import Hub

/// Reads what nodes tell each other. It comes from outside: lengths are checked before they are
/// used, and nil says that the bytes are not what they should be.
struct BusReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func byte() -> UInt8? { rest.popFirst() }

    mutating func number() -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst(), shift < 63 || byte <= 1 else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }

    /// How many of something follow, each of which takes a byte at least.
    mutating func count() -> Int? {
        guard let count = number(), count <= UInt64(rest.count) else { return nil }
        return Int(count)
    }

    mutating func run() -> [UInt8]? {
        guard let count = count() else { return nil }
        defer { rest.removeFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func text() -> String? {
        run().flatMap { String(validating: $0, as: UTF8.self) }
    }

    mutating func time() -> Timestamp? {
        number().map { Timestamp(milliseconds: Int64(bitPattern: $0)) }
    }
}
