/// Writes lib0's primitives.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func write(_ byte: UInt8) {
        bytes.append(byte)
    }

    @inline(__always)
    mutating func writeVarUint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    @inline(__always)
    mutating func writeVarUint(_ value: UInt32) {
        writeVarUint(UInt64(value))
    }

    mutating func writeVarInt(magnitude: UInt64, isNegative: Bool) {
        var rest = magnitude >> 6
        let sign: UInt8 = isNegative ? 0x40 : 0
        bytes.append((rest > 0 ? 0x80 : 0) | sign | UInt8(magnitude & 0x3F))
        while rest > 0 {
            bytes.append((rest > 0x7F ? 0x80 : 0) | UInt8(rest & 0x7F))
            rest >>= 7
        }
    }

    mutating func writeVarInt(_ value: Int64) {
        writeVarInt(magnitude: value.magnitude, isNegative: value < 0)
    }

    /// Bytes as they are.
    mutating func writeRaw(_ source: [UInt8], _ range: Range<Int>) {
        bytes.append(contentsOf: source[range])
    }

    mutating func writeVarBytes(_ source: [UInt8], _ range: Range<Int>) {
        writeVarUint(UInt64(range.count))
        writeRaw(source, range)
    }

    mutating func writeVarBytes(_ source: [UInt8]) {
        writeVarUint(UInt64(source.count))
        bytes.append(contentsOf: source)
    }

    mutating func writeVarString(_ text: String) {
        writeVarUint(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func writeBigEndian(_ value: UInt64, count: Int) {
        for index in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(index * 8)))
        }
    }
}
