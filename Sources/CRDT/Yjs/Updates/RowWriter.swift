/// Writes updates in the first format: struct after struct.
struct RowWriter: YBlockWriter {
    private var writer: ByteWriter
    /// The client that was written last: mostly it is the next one too.
    private var recentClient: (id: UInt64, packed: PackedInteger) = (0, PackedInteger(0))

    init(capacity: Int = 0) {
        writer = ByteWriter(capacity: capacity)
    }

    mutating func writeCount(_ clients: Int) {
        writer.writeVarUint(UInt64(clients))
    }

    mutating func beginClient(_ client: UInt64, structs: Int, clock: UInt32) {
        writer.writeVarUint(UInt64(structs))
        writer.writeVarUint(client)
        writer.writeVarUint(clock)
    }

    mutating func write(_ block: YBlock, content: [UInt8], names: [UInt8]) {
        writer.write(block.wireFlags)
        guard block.isItem else { return writer.writeVarUint(block.length) }
        if block.hasOrigin { write(block.origin) }
        if block.hasRightOrigin { write(block.rightOrigin) }
        if !block.hasOrigin, !block.hasRightOrigin { writeParent(of: block, names: names) }
        writeContent(of: block, content)
    }

    @inline(__always)
    private mutating func write(_ id: YID) {
        if recentClient.id != id.client { recentClient = (id.client, PackedInteger(id.client)) }
        writer.write(recentClient.packed)
        writer.writeVarUint(id.clock)
    }

    private mutating func writeParent(of block: YBlock, names: [UInt8]) {
        if block.flags.contains(.parentIsRoot) {
            writer.write(1)
            writer.writeVarBytes(names, block.rootName)
        } else {
            writer.write(0)
            write(block.parent)
        }
        if block.flags.contains(.key) { writer.writeVarBytes(names, block.key) }
    }

    private mutating func writeContent(of block: YBlock, _ content: [UInt8]) {
        switch block.kind {
        case .gc, .skip, .deleted:
            writer.writeVarUint(block.length)
        case .json, .any:
            writer.writeVarUint(block.length)
            writer.writeRaw(content, block.content)
        case .string where block.flags.contains(.tornStart):
            writer.writeVarUint(UInt64(block.content.count + UTF8Text.replacement.count))
            writer.writeRaw(UTF8Text.replacement)
            writer.writeRaw(content, block.content)
        case .string, .binary, .embed:
            writer.writeVarBytes(content, block.content)
        case .format, .type, .document:
            writer.writeRaw(content, block.content)
        }
    }

    mutating func write(_ deletes: [YDeleteRange]) {
        let slices = deletes.byClient
        writer.writeVarUint(UInt64(slices.count))
        for ranges in slices {
            writer.writeVarUint(ranges.first?.client ?? 0)
            writer.writeVarUint(UInt64(ranges.count))
            for range in ranges {
                writer.writeVarUint(range.clock)
                writer.writeVarUint(range.length)
            }
        }
    }

    mutating func finish() -> [UInt8] { writer.finish() }
}
