/// The other way: for sending samples on, and for tests.
extension Snappy {
    /// Copies reach back no further than a block.
    private static let blockLength = 1 << 16
    private static let tableBits = 14

    package static func encode(_ input: [UInt8]) -> [UInt8] {
        precondition(input.count <= Int(UInt32.max), "A Snappy block has at most 4 GiB.")
        var output: [UInt8] = []
        output.reserveCapacity(input.count / 2 + 16)
        var length = input.count
        while length >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        output.append(UInt8(length))
        var table = [UInt16](repeating: 0, count: 1 << tableBits)
        for start in stride(from: 0, to: input.count, by: blockLength) {
            let end = min(start + blockLength, input.count)
            if start > 0 { for index in table.indices { table[index] = 0 } }
            encodeBlock(input.span.bytes, start..<end, &table, into: &output)
        }
        return output
    }

    /// Greedy: the newest place with the same four bytes. What does not compress is passed over
    /// faster and faster.
    private static func encodeBlock(
        _ input: RawSpan,
        _ block: Range<Int>,
        _ table: inout [UInt16],
        into output: inout [UInt8]
    ) {
        var at = block.lowerBound + 1
        var pending = block.lowerBound
        var misses = 32
        while at + 4 <= block.upperBound {
            let word = input.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self)
            let slot = Int((word &* 0x1E35_A7BD) >> UInt32(32 - tableBits))
            let candidate = block.lowerBound + Int(table[slot])
            table[slot] = UInt16(truncatingIfNeeded: at - block.lowerBound)
            guard
                candidate < at,
                input.unsafeLoadUnaligned(fromByteOffset: candidate, as: UInt32.self) == word
            else {
                at += misses >> 5
                misses += 1
                continue
            }
            var length = 4
            while at + length < block.upperBound,
                input.unsafeLoad(fromByteOffset: candidate + length, as: UInt8.self)
                    == input.unsafeLoad(fromByteOffset: at + length, as: UInt8.self)
            {
                length += 1
            }
            emitLiteral(input, pending..<at, into: &output)
            emitCopy(length: length, offset: at - candidate, into: &output)
            at += length
            pending = at
            misses = 32
        }
        emitLiteral(input, pending..<block.upperBound, into: &output)
    }

    private static func emitLiteral(
        _ input: RawSpan,
        _ range: Range<Int>,
        into output: inout [UInt8]
    ) {
        guard !range.isEmpty else { return }
        let length = range.count - 1
        if length < 60 {
            output.append(UInt8(length) << 2)
        } else if length < 1 << 8 {
            output.append(60 << 2)
            output.append(UInt8(length))
        } else {
            output.append(61 << 2)
            output.append(UInt8(truncatingIfNeeded: length))
            output.append(UInt8(truncatingIfNeeded: length >> 8))
        }
        for index in range {
            output.append(input.unsafeLoad(fromByteOffset: index, as: UInt8.self))
        }
    }

    private static func emitCopy(length: Int, offset: Int, into output: inout [UInt8]) {
        var left = length
        while left > 0 {
            if left >= 4, left <= 11, offset < 1 << 11 {
                let high = UInt8(offset >> 8) << 5
                output.append(high | UInt8(left - 4) << 2 | Tag.copyByte)
                output.append(UInt8(truncatingIfNeeded: offset))
                return
            }
            let count = min(left, 64)
            output.append(UInt8(count - 1) << 2 | Tag.copyShort)
            output.append(UInt8(truncatingIfNeeded: offset))
            output.append(UInt8(truncatingIfNeeded: offset >> 8))
            left -= count
        }
    }
}
