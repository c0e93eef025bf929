/// Writes updates in the second format: a column for each field.
struct ColumnWriter: YBlockWriter {
    private var keyClocks = DifferenceRunWriter()
    private var clients = UintRunWriter()
    private var leftClocks = DifferenceRunWriter()
    private var rightClocks = DifferenceRunWriter()
    private var flags = ByteRunWriter()
    private var strings = TextColumnWriter()
    private var parents = ByteRunWriter()
    private var types = UintRunWriter()
    private var lengths = UintRunWriter()
    private var rest = ByteWriter()
    /// Each key has a number, and writers never say a number twice.
    private var keys: UInt64 = 0

    mutating func writeCount(_ clients: Int) {
        rest.writeVarUint(UInt64(clients))
    }

    mutating func beginClient(_ client: UInt64, structs: Int, clock: UInt32) {
        rest.writeVarUint(UInt64(structs))
        clients.write(client)
        rest.writeVarUint(clock)
    }

    mutating func write(_ block: YBlock, content: [UInt8], names: [UInt8]) {
        flags.write(block.wireFlags)
        if block.isItem {
            if block.hasOrigin { writeLeft(block.origin) }
            if block.hasRightOrigin {
                clients.write(block.rightOrigin.client)
                rightClocks.write(UInt64(block.rightOrigin.clock))
            }
            if !block.hasOrigin, !block.hasRightOrigin { writeParent(of: block, names: names) }
        }
        writeContent(of: block, content)
    }

    private mutating func writeLeft(_ id: YID) {
        clients.write(id.client)
        leftClocks.write(UInt64(id.clock))
    }

    private mutating func writeParent(of block: YBlock, names: [UInt8]) {
        if block.flags.contains(.parentIsRoot) {
            parents.write(1)
            strings.write(names, block.rootName)
        } else {
            parents.write(0)
            writeLeft(block.parent)
        }
        if block.flags.contains(.key) { strings.write(names, block.key) }
    }

    private mutating func writeContent(of block: YBlock, _ content: [UInt8]) {
        switch block.kind {
        case .skip: rest.writeVarUint(block.length)
        case .gc, .deleted: lengths.write(UInt64(block.length))
        case .any:
            lengths.write(UInt64(block.length))
            rest.writeRaw(content, block.content)
        case .binary: rest.writeVarBytes(content, block.content)
        case .string where block.flags.contains(.tornStart):
            let whole = UTF8Text.replacement + content[block.content]
            strings.write(whole, 0..<whole.count)
        case .string: strings.write(content, block.content, length: Int(block.length))
        case .json, .embed, .format, .type, .document:
            do {
                try writeParts(of: block, content)
            } catch {
                preconditionFailure("Stored content was valid when it came.")
            }
        }
    }

    /// Content whose parts belong into different columns.
    private mutating func writeParts(
        of block: YBlock,
        _ content: [UInt8]
    ) throws(YDecodingError) {
        var reader = ByteReader(content, in: block.content)
        switch block.kind {
        case .json:
            lengths.write(UInt64(block.length))
            for _ in 0..<block.length { strings.write(content, try reader.readVarBytes()) }
        case .embed:
            try writeJSON(content, block.content)
        case .format:
            writeKey(content, try reader.readVarBytes())
            try writeJSON(content, try reader.readVarBytes())
        case .type:
            types.write(try reader.readVarUint())
            if !reader.isAtEnd { writeKey(content, try reader.readVarBytes()) }
        default:
            strings.write(content, try reader.readVarBytes())
            rest.writeRaw(content, reader.position..<reader.end)
        }
    }

    private mutating func writeKey(_ content: [UInt8], _ range: Range<Int>) {
        keyClocks.write(keys)
        keys += 1
        strings.write(content, range)
    }

    /// What the first format has as JSON text, the second has as a value.
    private mutating func writeJSON(
        _ content: [UInt8],
        _ range: Range<Int>
    ) throws(YDecodingError) {
        rest.writeValue(try JSONReader.value(of: content, in: range, depth: .max))
    }

    mutating func write(_ deletes: [YDeleteRange]) {
        let slices = deletes.byClient
        rest.writeVarUint(UInt64(slices.count))
        for ranges in slices {
            rest.writeVarUint(ranges.first?.client ?? 0)
            rest.writeVarUint(UInt64(ranges.count))
            var end: UInt32 = 0
            for range in ranges {
                rest.writeVarUint(range.clock - end)
                rest.writeVarUint(range.length - 1)
                end = range.end
            }
        }
    }

    mutating func finish() -> [UInt8] {
        var writer = ByteWriter()
        // Features: none.
        writer.write(0)
        writer.writeVarBytes(keyClocks.finish())
        writer.writeVarBytes(clients.finish())
        writer.writeVarBytes(leftClocks.finish())
        writer.writeVarBytes(rightClocks.finish())
        writer.writeVarBytes(flags.finish())
        writer.writeVarBytes(strings.finish())
        writer.writeVarBytes(parents.finish())
        writer.writeVarBytes(types.finish())
        writer.writeVarBytes(lengths.finish())
        writer.writeRaw(rest.finish())
        return writer.finish()
    }
}
