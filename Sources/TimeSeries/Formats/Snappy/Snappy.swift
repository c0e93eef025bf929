/// The Snappy block format (not the framed one), as remote_write bodies have it.
package enum Snappy {
    /// The low two bits of an element's first byte.
    enum Tag {
        static let literal: UInt8 = 0
        static let copyByte: UInt8 = 1
        static let copyShort: UInt8 = 2
    }

    /// Output is written in blocks, the last of which may run over the end by this much.
    static let slop = 16

    /// An element of three bytes makes 64 at the most.
    private static let expansionMaximum = 22

    /// What the block holds. Nothing is allocated for a length that the block cannot have.
    package static func decode(
        _ input: [UInt8],
        maximum: Int
    ) throws(SnappyError) -> [UInt8] {
        let source = input.span.bytes
        var at = 0
        let length = try readLength(source, &at)
        guard length <= maximum else { throw .tooLarge(declared: length) }
        let (possible, overflows) = (source.byteCount - at)
            .multipliedReportingOverflow(by: expansionMaximum)
        guard overflows || length <= possible else { throw .lengthMismatch }
        var output = [UInt8](repeating: 0, count: length + slop)
        var span = output.mutableSpan
        var sink = span.mutableBytes
        try readElements(source, at, into: &sink, length: length)
        output.removeLast(slop)
        return output
    }

    private static func readLength(
        _ source: RawSpan,
        _ at: inout Int
    ) throws(SnappyError) -> Int {
        var length = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard at < source.byteCount else { throw .malformedLength }
            let byte = byte(source, at)
            at += 1
            length |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 {
                guard length <= Int(UInt32.max) else { throw .malformedLength }
                return length
            }
        }
        throw .malformedLength
    }

    private static func readElements(
        _ source: RawSpan,
        _ start: Int,
        into sink: inout MutableRawSpan,
        length: Int
    ) throws(SnappyError) {
        var at = start
        var produced = 0
        while at < source.byteCount {
            let tag = byte(source, at)
            at += 1
            if tag & 3 == Tag.literal {
                let count = try literalLength(tag, source, &at)
                guard count <= length - produced else { throw .lengthMismatch }
                guard count <= source.byteCount - at else { throw .truncated }
                copy(source, at, count, into: &sink, produced)
                at += count
                produced += count
            } else {
                let (count, offset) = try copyElement(tag, source, &at)
                guard offset > 0, offset <= produced else { throw .badOffset }
                guard count <= length - produced else { throw .lengthMismatch }
                repeatOutput(&sink, produced, offset: offset, count: count)
                produced += count
            }
        }
        guard produced == length else { throw .lengthMismatch }
    }

    private static func literalLength(
        _ tag: UInt8,
        _ source: RawSpan,
        _ at: inout Int
    ) throws(SnappyError) -> Int {
        let code = Int(tag >> 2)
        guard code >= 60 else { return code + 1 }
        return try littleEndian(source, &at, bytes: code - 59) + 1
    }

    private static func copyElement(
        _ tag: UInt8,
        _ source: RawSpan,
        _ at: inout Int
    ) throws(SnappyError) -> (count: Int, offset: Int) {
        switch tag & 3 {
        case Tag.copyByte:
            let low = try littleEndian(source, &at, bytes: 1)
            return (Int(tag >> 2 & 7) + 4, Int(tag >> 5) << 8 | low)
        case Tag.copyShort:
            return (Int(tag >> 2) + 1, try littleEndian(source, &at, bytes: 2))
        default:
            return (Int(tag >> 2) + 1, try littleEndian(source, &at, bytes: 4))
        }
    }

    @inline(__always)
    private static func littleEndian(
        _ source: RawSpan,
        _ at: inout Int,
        bytes count: Int
    ) throws(SnappyError) -> Int {
        guard count <= source.byteCount - at else { throw .truncated }
        var value = 0
        for index in 0..<count { value |= Int(byte(source, at + index)) << (8 * index) }
        at += count
        return value
    }

    @inline(__always)
    private static func byte(_ source: RawSpan, _ at: Int) -> UInt8 {
        source.unsafeLoad(fromByteOffset: at, as: UInt8.self)
    }

    /// Copies by blocks while the source has them, so that up to `slop` bytes too many are written.
    @inline(__always)
    private static func copy(
        _ source: RawSpan,
        _ at: Int,
        _ count: Int,
        into sink: inout MutableRawSpan,
        _ produced: Int
    ) {
        var done = 0
        while done < count, at + done + 16 <= source.byteCount {
            let block = source.unsafeLoadUnaligned(
                fromByteOffset: at + done,
                as: SIMD16<UInt8>.self
            )
            sink.storeBytes(of: block, toByteOffset: produced + done, as: SIMD16<UInt8>.self)
            done += 16
        }
        while done < count {
            let byte = byte(source, at + done)
            sink.storeBytes(of: byte, toByteOffset: produced + done, as: UInt8.self)
            done += 1
        }
    }

    /// A copy may reach into what it writes itself: then it repeats a pattern.
    @inline(__always)
    private static func repeatOutput(
        _ sink: inout MutableRawSpan,
        _ produced: Int,
        offset: Int,
        count: Int
    ) {
        var done = 0
        let from = produced - offset
        if offset >= 8 {
            while done < count {
                let block = sink.bytes.unsafeLoadUnaligned(
                    fromByteOffset: from + done,
                    as: UInt64.self
                )
                sink.storeBytes(of: block, toByteOffset: produced + done, as: UInt64.self)
                done += 8
            }
        }
        while done < count {
            let byte = sink.bytes.unsafeLoad(fromByteOffset: from + done, as: UInt8.self)
            sink.storeBytes(of: byte, toByteOffset: produced + done, as: UInt8.self)
            done += 1
        }
    }
}
