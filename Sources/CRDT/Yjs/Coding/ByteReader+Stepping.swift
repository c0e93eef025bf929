/// Steps over values that were checked before.
extension ByteReader {
    /// Like `skipValue`, but trusting the text; the depth was limited then.
    mutating func stepOverValue() throws(YDecodingError) {
        var values = 1
        while values > 0 {
            values -= 1
            switch try readByte() {
            case YValueTag.integer: _ = try readVarInt()
            case YValueTag.float32: _ = try readRange(4)
            case YValueTag.float64, YValueTag.bigint: _ = try readRange(8)
            case YValueTag.string, YValueTag.bytes: _ = try readVarBytes()
            case YValueTag.array: values += try readCount()
            case YValueTag.object: try stepOverMembers()
            default: break
            }
        }
    }

    /// Members of objects are names and values in turn, so that they nest.
    private mutating func stepOverMembers() throws(YDecodingError) {
        for _ in 0..<(try readCount()) {
            _ = try readVarBytes()
            try stepOverValue()
        }
    }
}
