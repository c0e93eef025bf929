/// Appends bits to bytes, the highest first.
struct BitWriter: Sendable, Hashable {
    private(set) var bytes: [UInt8]
    /// Bits of the last byte that are still to be written; none at the end of a byte, or eight
    /// where whole bytes came to their end there: then Prometheus' writer has begun another.
    private(set) var free: UInt8

    init(_ bytes: [UInt8] = [], free: UInt8 = 0) {
        self.bytes = bytes
        self.free = free
    }

    /// Writes the lowest `count` bits of the value; 1 to 64.
    mutating func write(_ value: UInt64, _ count: Int) {
        var value = value << UInt64(64 - count)
        var left = count
        let free = Int(free & 7)
        if free > 0 {
            bytes[bytes.count - 1] |= UInt8(truncatingIfNeeded: value >> UInt64(64 - free))
            guard left > free else {
                self.free = UInt8(free - left)
                return
            }
            value <<= UInt64(free)
            left -= free
        }
        while left > 0 {
            bytes.append(UInt8(truncatingIfNeeded: value >> 56))
            value <<= 8
            left -= 8
        }
        self.free = left < 0 || count & 7 > 0 ? UInt8(-left) : 8
    }

    mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            write(value & 0x7F | 0x80, 8)
            value >>= 7
        }
        write(value, 8)
    }
}
