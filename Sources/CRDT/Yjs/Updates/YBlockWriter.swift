/// Writes an update in one of the two formats: clients, their structs, and the delete set.
protocol YBlockWriter {
    mutating func writeCount(_ clients: Int)
    mutating func beginClient(_ client: UInt64, structs: Int, clock: UInt32)
    /// Writes one struct; root names and keys are ranges of `names`.
    mutating func write(_ block: YBlock, content: [UInt8], names: [UInt8])
    mutating func write(_ deletes: [YDeleteRange])
    mutating func finish() -> [UInt8]
}

extension YBlock {
    /// The first byte of a struct on the wire.
    var wireFlags: UInt8 {
        guard isItem else { return kind.rawValue }
        return kind.rawValue | (hasOrigin ? 0x80 : 0) | (hasRightOrigin ? 0x40 : 0)
            | (flags.isDisjoint(with: [.key, .inheritedKey]) ? 0 : 0x20)
    }
}
