/// How a value differs from the one before, in bits: the window in which their XOR is not zero.
struct XORValues: Sendable, Hashable {
    var last: UInt64
    /// Zeros before and after the window; no window yet where `leading` is 255.
    var leading: UInt8 = 0xFF
    var trailing: UInt8 = 0

    init(first: UInt64) {
        last = first
    }

    /// Writes the next value.
    mutating func write(_ value: UInt64, to bits: inout BitWriter) {
        let difference = value ^ last
        last = value
        guard difference != 0 else { return bits.write(0, 1) }
        let before = UInt8(min(difference.leadingZeroBitCount, 31))
        let after = UInt8(difference.trailingZeroBitCount)
        if leading != 0xFF, before >= leading, after >= trailing {
            bits.write(0b10, 2)
            bits.write(difference >> UInt64(trailing), 64 - Int(leading) - Int(trailing))
            return
        }
        leading = before
        trailing = after
        let length = 64 - Int(before) - Int(after)
        bits.write(0b11 << 11 | UInt64(before) << 6 | UInt64(length & 63), 13)
        bits.write(difference >> UInt64(after), length)
    }

    /// Reads the next value; nil where no encoder would have written such bits.
    @inline(__always)
    mutating func read(from bits: inout BitReader) -> UInt64? {
        let ahead = bits.peek()
        if ahead >> 63 == 0 {
            bits.skip(1)
            return last
        }
        if ahead >> 62 == 0b10 {
            guard leading != 0xFF else { return nil }
            bits.skip(2)
        } else {
            leading = UInt8(truncatingIfNeeded: ahead >> 57 & 31)
            var length = Int(truncatingIfNeeded: ahead >> 51 & 63)
            if length == 0 { length = 64 }
            guard Int(leading) + length <= 64 else { return nil }
            trailing = UInt8(64 - Int(leading) - length)
            bits.skip(13)
        }
        last ^= bits.read(64 - Int(leading) - Int(trailing)) << UInt64(trailing)
        return last
    }
}
