/// Reads lib0's primitives from bytes that nobody vouches for.
struct ByteReader {
    let bytes: [UInt8]
    private(set) var position: Int
    /// Where the readable bytes end: columns are slices of an update.
    let end: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    /// Reads a slice; the range must lie within the bytes.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var remaining: Int { end - position }
    var isAtEnd: Bool { position >= end }

    mutating func readByte() throws(YDecodingError) -> UInt8 {
        guard position < end else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    /// An unsigned integer of at most 53 bits.
    @inline(__always)
    mutating func readVarUint() throws(YDecodingError) -> UInt64 {
        guard position < end else { throw .truncated }
        let first = bytes[position]
        if first < 0x80 {
            position += 1
            return UInt64(first)
        }
        return try readLongVarUint()
    }

    private mutating func readLongVarUint() throws(YDecodingError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try readByte()
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { break }
            shift += 7
            // Nine groups hold more than 53 bits, and forms longer than that are nobody's.
            guard shift <= 56 else { throw .integerTooLarge }
        }
        guard value <= Self.integerMaximum else { throw .integerTooLarge }
        return value
    }

    /// A signed integer. Zero has a sign, which the columns of the second format use.
    mutating func readVarInt() throws(YDecodingError) -> SignedMagnitude {
        var byte = try readByte()
        var magnitude = UInt64(byte & 0x3F)
        let isNegative = byte & 0x40 != 0
        var shift: UInt64 = 6
        while byte >= 0x80 {
            guard shift <= 55 else { throw .integerTooLarge }
            byte = try readByte()
            magnitude |= UInt64(byte & 0x7F) << shift
            shift += 7
        }
        guard magnitude <= Self.integerMaximum else { throw .integerTooLarge }
        return SignedMagnitude(magnitude: magnitude, isNegative: isNegative)
    }

    /// The next so many bytes.
    mutating func readRange(_ count: UInt64) throws(YDecodingError) -> Range<Int> {
        guard count <= UInt64(remaining) else { throw .truncated }
        defer { position += Int(count) }
        return position..<position + Int(count)
    }

    /// A length and that many bytes.
    @inline(__always)
    mutating func readVarBytes() throws(YDecodingError) -> Range<Int> {
        try readRange(readVarUint())
    }

    /// A string, checked to be UTF-8.
    mutating func readVarText() throws(YDecodingError) -> Range<Int> {
        let range = try readVarBytes()
        _ = try UTF8Text.lengthInUTF16(of: bytes, in: range)
        return range
    }

    mutating func readVarString() throws(YDecodingError) -> String {
        String(decoding: bytes[try readVarText()], as: UTF8.self)
    }

    /// A big-endian integer of so many bytes.
    mutating func readBigEndian(_ count: Int) throws(YDecodingError) -> UInt64 {
        let range = try readRange(UInt64(count))
        return bytes[range].reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// 2^53 - 1: beyond it JavaScript cannot count.
    static let integerMaximum: UInt64 = 0x1F_FFFF_FFFF_FFFF
}
