/// Reads a column of strings, one after the other.
struct TextColumnReader {
    private let bytes: [UInt8]
    private var rest: Range<Int>
    /// How many code units are left.
    private var units: Int
    private var lengths: UintRunReader
    /// Whether the rest begins in the middle of a surrogate pair.
    private var isTorn = false

    init(_ column: ByteReader) throws(YDecodingError) {
        var column = column
        bytes = column.bytes
        rest = try column.readVarBytes()
        units = try UTF8Text.lengthInUTF16(of: bytes, in: rest)
        lengths = UintRunReader(column)
    }

    /// Appends the next string to other bytes, and tells where it stands and how long it is.
    mutating func read(
        into target: inout [UInt8]
    ) throws(YDecodingError) -> (range: Range<Int>, length: Int) {
        let length = try lengths.read()
        guard length <= UInt64(units) else { throw .truncated }
        let start = target.count
        units -= Int(length)
        var wanted = Int(length)
        if isTorn, wanted > 0 {
            target.append(contentsOf: UTF8Text.replacement)
            rest = rest.lowerBound + 4..<rest.upperBound
            wanted -= 1
            isTorn = false
        }
        let cut = UTF8Text.split(bytes, in: rest, at: wanted)
        target.append(contentsOf: bytes[rest.lowerBound..<cut.byte])
        rest = cut.byte..<rest.upperBound
        if cut.tearsPair {
            target.append(contentsOf: UTF8Text.replacement)
            isTorn = true
        }
        return (start..<target.count, Int(length))
    }
}
