/// Reads what `PackedWriter` wrote. Past the end, and after anything that can't be, every answer
/// is nil.
struct PackedReader: Sendable {
    let bytes: [UInt8]
    private(set) var at: Int

    init(_ bytes: [UInt8], at: Int = 0) {
        self.bytes = bytes
        self.at = at
    }

    var left: Int { bytes.count - at }
    var isAtEnd: Bool { at >= bytes.count }

    mutating func byte() -> UInt8? {
        guard at < bytes.count else { return nil }
        defer { at += 1 }
        return bytes[at]
    }

    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 64, at < bytes.count {
            let byte = bytes[at]
            at += 1
            if shift == 63, byte > 1 { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    mutating func zigzag() -> Int64? {
        guard let value = varint() else { return nil }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A varint that counts something: not beyond `most`.
    mutating func count(most: Int) -> Int? {
        guard let value = varint(), value <= UInt64(most) else { return nil }
        return Int(value)
    }

    mutating func word() -> UInt64? {
        guard left >= 8 else { return nil }
        defer { at += 8 }
        let word = bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
        return UInt64(littleEndian: word)
    }

    /// The place of the next bytes, so many.
    mutating func take(_ count: Int) -> Range<Int>? {
        guard count >= 0, count <= left else { return nil }
        defer { at += count }
        return at..<at + count
    }

    /// The place of bytes with their length before them.
    mutating func run() -> Range<Int>? {
        guard let count = count(most: left) else { return nil }
        return take(count)
    }
}
