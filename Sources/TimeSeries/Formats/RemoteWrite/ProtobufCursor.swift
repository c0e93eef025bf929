/// A place in a protobuf message, and where the message ends. The bytes are lent to each step.
struct ProtobufCursor {
    enum Wire {
        static let varint = 0
        static let fixed64 = 1
        static let bytes = 2
        static let fixed32 = 5
    }

    struct Tag {
        let field: Int
        let wire: Int
    }

    private(set) var at: Int
    let end: Int

    /// Bytes from `range`, which lies within the bytes that are lent.
    init(_ range: Range<Int>) {
        at = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { at >= end }

    @inline(__always)
    mutating func readTag(_ bytes: RawSpan) throws(ProtobufError) -> Tag {
        let tag = try readVarint(bytes)
        guard tag >> 3 != 0, tag <= UInt32.max else { throw .malformedTag }
        return Tag(field: Int(tag >> 3), wire: Int(tag & 7))
    }

    @inline(__always)
    mutating func readVarint(_ bytes: RawSpan) throws(ProtobufError) -> UInt64 {
        guard at < end else { throw .truncated }
        let first = bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self)
        at += 1
        return first < 0x80 ? UInt64(first) : try readLongVarint(bytes, UInt64(first & 0x7F))
    }

    @inline(__always)
    private mutating func readLongVarint(
        _ bytes: RawSpan,
        _ low: UInt64
    ) throws(ProtobufError) -> UInt64 {
        var value = low
        var shift: UInt64 = 7
        while at < end {
            let byte = bytes.unsafeLoad(fromByteOffset: at, as: UInt8.self)
            at += 1
            guard shift < 63 || byte <= 1 else { throw .malformedVarint }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        throw .truncated
    }

    @inline(__always)
    mutating func readFixed64(_ bytes: RawSpan) throws(ProtobufError) -> UInt64 {
        guard end - at >= 8 else { throw .truncated }
        defer { at += 8 }
        let word = bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
        return UInt64(littleEndian: word)
    }

    /// Where the field's bytes are.
    @inline(__always)
    mutating func readRange(_ bytes: RawSpan) throws(ProtobufError) -> Range<Int> {
        let length = try readVarint(bytes)
        guard length <= UInt64(end - at) else { throw .truncated }
        defer { at += Int(length) }
        return at..<at + Int(length)
    }

    /// Like `readRange`, of a field that has to be bytes.
    @inline(__always)
    mutating func readRange(_ bytes: RawSpan, of tag: Tag) throws(ProtobufError) -> Range<Int> {
        guard tag.wire == Wire.bytes else { throw .wrongWireType(field: tag.field) }
        return try readRange(bytes)
    }

    mutating func skip(_ bytes: RawSpan, _ tag: Tag) throws(ProtobufError) {
        switch tag.wire {
        case Wire.varint: _ = try readVarint(bytes)
        case Wire.fixed64: _ = try readFixed64(bytes)
        case Wire.bytes: _ = try readRange(bytes)
        case Wire.fixed32:
            guard end - at >= 4 else { throw .truncated }
            at += 4
        default: throw .malformedTag
        }
    }
}
