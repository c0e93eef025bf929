/// Reads bits, the highest of a byte first. Past the end it answers zeros, and says so.
struct BitReader: Sendable {
    private let bytes: [UInt8]
    private(set) var at: Int
    private let end: Int
    /// Whether more was asked for than there was.
    private(set) var isOverrun = false

    init(_ bytes: [UInt8], atByte start: Int = 0) {
        self.bytes = bytes
        at = start * 8
        end = bytes.count * 8
    }

    /// The next `count` bits, 1 to 64, as the lowest of the answer.
    @inline(__always)
    mutating func read(_ count: Int) -> UInt64 {
        let word = peek() >> UInt64(64 - count)
        let rest = at & 7 + count - 64
        let start = at
        at += count
        guard at <= end else {
            isOverrun = true
            return 0
        }
        guard rest > 0 else { return word }
        // A value that touches nine bytes.
        let last = UInt64(bytes[start >> 3 + 8]) >> UInt64(8 - rest)
        return word & ~(1 << UInt64(rest) - 1) | last
    }

    /// The next bits, the first as the highest; at least 57 of them are right, or zero past the
    /// end.
    @inline(__always)
    func peek() -> UInt64 {
        let place = at >> 3
        if place + 8 <= bytes.count {
            let span = bytes.span.bytes
            let word = span.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
            return UInt64(bigEndian: word) << UInt64(at & 7)
        }
        return peekNearEnd()
    }

    private func peekNearEnd() -> UInt64 {
        var word: UInt64 = 0
        var place = at >> 3
        for _ in 0..<8 {
            word = word << 8 | (place < bytes.count ? UInt64(bytes[place]) : 0)
            place += 1
        }
        return word << UInt64(at & 7)
    }

    /// Leaves out bits that were peeked at.
    @inline(__always)
    mutating func skip(_ count: Int) {
        at += count
        if at > end { isOverrun = true }
    }

    mutating func varint() -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0 as UInt64, to: 64, by: 7) {
            let byte = read(8)
            value |= (byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        isOverrun = true
        return 0
    }
}
