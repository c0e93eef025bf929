/// Blocks of 32 integers, each with its least value and as many bits for the rest as it needs.
enum BitBlocks {
    private static let size = 32

    /// How many bytes they take, roughly: enough to compare.
    static func cost(_ integers: [Int64]) -> Int {
        var total = 0
        var isSame = true
        visit(integers) { range, least, width in
            total += 2 + (64 - least.magnitude.leadingZeroBitCount) / 7
            total += (width * range.count + 7) / 8
            if width > 0 || least != integers[0] { isSame = false }
        }
        return isSame ? 2 : total
    }

    static func encode(_ integers: [Int64], to writer: inout PackedWriter) {
        visit(integers) { range, least, width in
            writer.byte(UInt8(width))
            writer.zigzag(least)
            guard width > 0 else { return }
            var held: UInt64 = 0
            var heldBits = 0
            for index in range {
                let value = UInt64(bitPattern: integers[index] &- least)
                held |= value << UInt64(heldBits)
                if heldBits + width >= 64 {
                    writer.word(held)
                    let used = 64 - heldBits
                    held = used < 64 ? value >> UInt64(used) : 0
                    heldBits = width - used
                } else {
                    heldBits += width
                }
            }
            while heldBits > 0 {
                writer.byte(UInt8(truncatingIfNeeded: held))
                held >>= 8
                heldBits -= 8
            }
        }
    }

    /// Fills the integers from `start` on; false when there are too few bytes.
    static func decode(
        into integers: inout [Int64],
        from start: Int,
        _ reader: inout PackedReader
    ) -> Bool {
        var index = start
        while index < integers.count {
            let end = min(index + size, integers.count)
            guard let width = reader.byte(), width <= 64, let least = reader.zigzag(),
                let run = reader.take((Int(width) * (end - index) + 7) / 8)
            else { return false }
            if width == 0 {
                for place in index..<end { integers[place] = least }
            } else {
                unpack(reader.bytes, run, Int(width), least, into: &integers, index..<end)
            }
            index = end
        }
        return true
    }

    private static func unpack(
        _ bytes: [UInt8],
        _ run: Range<Int>,
        _ width: Int,
        _ least: Int64,
        into integers: inout [Int64],
        _ places: Range<Int>
    ) {
        let span = bytes.span.bytes
        var integers = integers.mutableSpan
        let mask: UInt64 = width == 64 ? .max : 1 << UInt64(width) - 1
        var bit = run.lowerBound * 8
        for place in places {
            let start = bit >> 3
            let shift = UInt64(bit & 7)
            var value: UInt64
            if start + 9 <= span.byteCount {
                value = UInt64(
                    littleEndian: span.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
                )
                value >>= shift
                if width > 56, shift > 0 { value |= UInt64(bytes[start + 8]) << (64 - shift) }
            } else {
                value = lastBytes(bytes, start, shift)
            }
            integers[place] = least &+ Int64(bitPattern: value & mask)
            bit += width
        }
    }

    /// The bits from there on, where fewer than nine bytes follow.
    private static func lastBytes(_ bytes: [UInt8], _ start: Int, _ shift: UInt64) -> UInt64 {
        var value: UInt64 = 0
        for index in stride(from: bytes.count - 1, through: start, by: -1) {
            value = value << 8 | UInt64(bytes[index])
        }
        return value >> shift
    }

    /// Calls with each block's place, least value and width.
    private static func visit(
        _ integers: [Int64],
        _ body: (Range<Int>, Int64, Int) -> Void
    ) {
        var index = 0
        while index < integers.count {
            let end = min(index + size, integers.count)
            var least = integers[index]
            var most = least
            for place in index + 1..<max(index + 1, end) {
                least = min(least, integers[place])
                most = max(most, integers[place])
            }
            body(index..<end, least, most.width(above: least))
            index = end
        }
    }
}

extension Int64 {
    /// How many bits the distance from a lesser number takes.
    fileprivate func width(above least: Int64) -> Int {
        64 - UInt64(bitPattern: self &- least).leadingZeroBitCount
    }
}
