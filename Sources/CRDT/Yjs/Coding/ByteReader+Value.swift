/// lib0's self-describing values.
extension ByteReader {
    /// Checks a value and steps over it.
    mutating func skipValue(depth: Int) throws(YDecodingError) {
        let tag = try readByte()
        switch tag {
        case YValueTag.undefined, YValueTag.null, YValueTag.true, YValueTag.false: break
        case YValueTag.integer: _ = try readVarInt()
        case YValueTag.float32: _ = try readRange(4)
        case YValueTag.float64, YValueTag.bigint: _ = try readRange(8)
        case YValueTag.string: _ = try readVarText()
        case YValueTag.bytes: _ = try readVarBytes()
        case YValueTag.object:
            guard depth > 0 else { throw .tooDeep }
            for _ in 0..<(try readCount()) {
                _ = try readVarText()
                try skipValue(depth: depth - 1)
            }
        case YValueTag.array:
            guard depth > 0 else { throw .tooDeep }
            for _ in 0..<(try readCount()) { try skipValue(depth: depth - 1) }
        default: throw .unknownValue(tag)
        }
    }

    mutating func readValue(depth: Int) throws(YDecodingError) -> YValue {
        let tag = try readByte()
        switch tag {
        case YValueTag.undefined: return .undefined
        case YValueTag.null: return .null
        case YValueTag.true: return .bool(true)
        case YValueTag.false: return .bool(false)
        case YValueTag.integer:
            let integer = try readVarInt()
            if integer.isNegative, integer.magnitude == 0 { return .float(-0.0) }
            return .integer(Int(integer.value))
        case YValueTag.float32:
            return .float32(Float(bitPattern: UInt32(try readBigEndian(4))))
        case YValueTag.float64: return .float(Double(bitPattern: try readBigEndian(8)))
        case YValueTag.bigint: return .bigint(Int64(bitPattern: try readBigEndian(8)))
        case YValueTag.string: return .string(try readVarString())
        case YValueTag.bytes: return .bytes(Array(bytes[try readVarBytes()]))
        case YValueTag.object:
            guard depth > 0 else { throw .tooDeep }
            var members: [YMember] = []
            for _ in 0..<(try readCount()) {
                let key = try readVarString()
                members.append(YMember(key: key, value: try readValue(depth: depth - 1)))
            }
            return .object(members)
        case YValueTag.array:
            guard depth > 0 else { throw .tooDeep }
            var elements: [YValue] = []
            for _ in 0..<(try readCount()) { elements.append(try readValue(depth: depth - 1)) }
            return .array(elements)
        default: throw .unknownValue(tag)
        }
    }

    /// A number of things that take a byte each at the least.
    mutating func readCount() throws(YDecodingError) -> Int {
        let count = try readVarUint()
        guard count <= UInt64(remaining) else { throw .truncated }
        return Int(count)
    }
}
