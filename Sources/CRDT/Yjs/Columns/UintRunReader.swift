/// Reads a column of unsigned integers.
struct UintRunReader {
    private var reader: ByteReader
    private var value: UInt64 = 0
    private var count: UInt64 = 0

    init(_ reader: ByteReader) {
        self.reader = reader
    }

    mutating func read() throws(YDecodingError) -> UInt64 {
        if count == 0 {
            let integer = try reader.readVarInt()
            value = integer.magnitude
            count = integer.isNegative ? try reader.readVarUint() + 2 : 1
        }
        count -= 1
        return value
    }
}
