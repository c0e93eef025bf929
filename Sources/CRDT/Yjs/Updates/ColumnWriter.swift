/// Writes updates in the second format.
struct ColumnWriter: YBlockWriter {
    mutating func writeCount(_ clients: Int) {}
    mutating func beginClient(_ client: UInt64, structs: Int, clock: UInt32) {}
    mutating func write(_ block: YBlock, content: [UInt8], names: [UInt8]) {}
    mutating func write(_ deletes: [YDeleteRange]) {}
    mutating func finish() -> [UInt8] { [] }
}
