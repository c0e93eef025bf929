/// Prometheus' XOR chunk, byte for byte: the number of samples in two bytes, then the bits.
enum XORChunk {
    /// What two bytes can count.
    static let samplesMaximum = 65_535

    static func encode(_ times: [Int64], _ values: [Double]) -> [UInt8] {
        var appender = XORAppender()
        for index in times.indices {
            appender.append(at: times[index], value: values[index].bitPattern)
        }
        return encode(appender)
    }

    static func encode(_ appender: XORAppender) -> [UInt8] {
        let count = UInt16(truncatingIfNeeded: appender.count)
        var bytes = [UInt8(count >> 8), UInt8(truncatingIfNeeded: count)]
        bytes += appender.bits.bytes
        if appender.bits.free == 8 { bytes.append(0) }
        return bytes
    }

    /// The samples; nil when the bytes are no such chunk. `start` is where the chunk begins.
    static func decode(_ bytes: [UInt8], at start: Int = 0) -> Samples? {
        guard start >= 0, bytes.count - start >= 2 else { return nil }
        let count = Int(bytes[start]) << 8 | Int(bytes[start + 1])
        return decode(bits: bytes, at: start + 2, count: count)
    }

    /// So many samples, of which the first begins at that byte.
    static func decode(bits bytes: [UInt8], at start: Int = 0, count: Int) -> Samples? {
        // Each sample but the first takes two bits at least.
        guard count <= (bytes.count - start) * 4 + 1 else { return nil }
        var samples = Samples()
        guard count > 0 else { return samples }
        samples.reserveCapacity(count)
        var bits = BitReader(bytes, atByte: start)
        let first = bits.varint()
        var time = Int64(bitPattern: first >> 1) ^ -Int64(bitPattern: first & 1)
        var values = XORValues(first: bits.read(64))
        samples.append(at: time, value: Double(bitPattern: values.last))
        var delta: Int64 = 0
        for index in 1..<max(1, count) {
            delta =
                index == 1
                ? Int64(bitPattern: bits.varint()) : delta &+ readDeltaOfDelta(&bits)
            time &+= delta
            guard let value = values.read(from: &bits), !bits.isOverrun else { return nil }
            samples.append(at: time, value: Double(bitPattern: value))
        }
        return bits.isOverrun ? nil : samples
    }

    @inline(__always)
    private static func readDeltaOfDelta(_ bits: inout BitReader) -> Int64 {
        let ahead = bits.peek()
        if ahead >> 63 == 0 {
            bits.skip(1)
            return 0
        }
        let ones = (~ahead).leadingZeroBitCount
        switch ones {
        case 1: return small(ahead << 2, 14, &bits, prefix: 2)
        case 2: return small(ahead << 3, 17, &bits, prefix: 3)
        case 3: return small(ahead << 4, 20, &bits, prefix: 4)
        default:
            bits.skip(4)
            return Int64(bitPattern: bits.read(64))
        }
    }

    /// A number of so many bits whose highest half is negative, the power of two itself not.
    @inline(__always)
    private static func small(
        _ ahead: UInt64,
        _ count: Int,
        _ bits: inout BitReader,
        prefix: Int
    ) -> Int64 {
        bits.skip(prefix + count)
        let value = Int64(ahead >> UInt64(64 - count))
        return value > 1 << Int64(count - 1) ? value - 1 << Int64(count) : value
    }
}
