/// Reads a column of integers by their differences.
struct DifferenceRunReader {
    private var reader: ByteReader
    private var value: Int64 = 0
    private var difference: Int64 = 0
    private var count: UInt64 = 0

    init(_ reader: ByteReader) {
        self.reader = reader
    }

    mutating func read() throws(YDecodingError) -> UInt64 {
        if count == 0 {
            let integer = try reader.readVarInt().value
            difference = integer >> 1
            count = integer & 1 == 1 ? try reader.readVarUint() + 2 : 1
        }
        count -= 1
        // Both have 53 bits at the most, so that the sum cannot overflow.
        value += difference
        guard value >= 0, value <= Int64(ByteReader.integerMaximum) else { throw .malformedColumn }
        return UInt64(value)
    }
}
