/// Reads a column of bytes; its last value comes for ever.
struct ByteRunReader {
    private var reader: ByteReader
    private var value: UInt8 = 0
    private var count: UInt64 = 0

    init(_ reader: ByteReader) {
        self.reader = reader
    }

    mutating func read() throws(YDecodingError) -> UInt8 {
        if count == 0 {
            value = try reader.readByte()
            count = reader.isAtEnd ? .max : try reader.readVarUint() + 1
        }
        count -= 1
        return value
    }
}
