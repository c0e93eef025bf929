/// Reads updates of the first format, checking everything that can be checked without a document.
struct RowReader {
    private var reader: ByteReader
    private let limits: YLimits
    private var update = YUpdate()

    private init(_ bytes: [UInt8], limits: YLimits) {
        reader = ByteReader(bytes)
        self.limits = limits
    }

    static func update(_ bytes: [UInt8], limits: YLimits) throws(YDecodingError) -> YUpdate {
        // Ranges of bytes are kept in 32 bits.
        guard bytes.count <= limits.documentBytesMaximum, bytes.count < Int(UInt32.max) else {
            throw .documentTooLarge
        }
        var row = RowReader(bytes, limits: limits)
        row.update.bytes = bytes
        try row.readStructs()
        try row.reader.readDeletes(into: &row.update.deletes, limits: limits)
        guard row.reader.isAtEnd else { throw .trailingBytes }
        row.update.arrange()
        return row.update
    }

    private mutating func readStructs() throws(YDecodingError) {
        for _ in 0..<(try reader.readCount()) {
            let count = try reader.readCount()
            let client = try reader.readVarUint()
            var clock = try reader.readVarUint()
            let start = update.blocks.count
            for _ in 0..<count {
                guard clock <= limits.clockMaximum else { throw .clockTooLarge }
                let block = try readStruct(
                    YID(client: client, clock: UInt32(truncatingIfNeeded: clock))
                )
                clock += UInt64(block.length)
                guard clock <= limits.clockMaximum else { throw .clockTooLarge }
                update.blocks.append(block)
            }
            guard update.blocks.count > start else { continue }
            update.groups.append(
                YBlockGroup(client: client, blocks: start..<update.blocks.count)
            )
        }
    }

    private mutating func readStruct(_ id: YID) throws(YDecodingError) -> YBlock {
        let flags = try reader.readByte()
        guard let kind = YContentKind(rawValue: flags & 0x1F) else {
            throw .unknownContent(flags & 0x1F)
        }
        var block = YBlock(id: id, length: 0, kind: kind)
        if block.isItem {
            if flags & 0x80 != 0 {
                block.origin = try readReference(of: id)
                block.flags.insert(.origin)
            }
            if flags & 0x40 != 0 {
                block.rightOrigin = try readReference(of: id)
                block.flags.insert(.rightOrigin)
            }
            if flags & 0xC0 == 0 {
                try readParent(of: &block, hasKey: flags & 0x20 != 0)
            } else if flags & 0x20 != 0 {
                block.flags.insert(.inheritedKey)
            }
        }
        try readContent(of: &block)
        guard block.length > 0 else { throw .emptyStruct }
        return block
    }

    /// The id of another struct, which its own client must have written before.
    private mutating func readReference(of id: YID) throws(YDecodingError) -> YID {
        let client = try reader.readVarUint()
        let clock = try reader.readVarUint()
        guard clock < limits.clockMaximum else { throw .clockTooLarge }
        let reference = YID(client: client, clock: UInt32(truncatingIfNeeded: clock))
        guard client != id.client || reference.clock < id.clock else {
            throw .referenceIntoTheFuture
        }
        return reference
    }

    private mutating func readParent(
        of block: inout YBlock,
        hasKey: Bool
    ) throws(YDecodingError) {
        if try reader.readVarUint() == 1 {
            block.setRoot(try reader.readVarText())
        } else {
            block.parent = try readReference(of: block.id)
            block.flags.insert(.parentIsItem)
        }
        if hasKey { block.setKey(try reader.readVarText()) }
    }

    private mutating func readLength() throws(YDecodingError) -> UInt32 {
        let length = try reader.readVarUint()
        guard length <= min(limits.structLengthMaximum, limits.clockMaximum) else {
            throw .clockTooLarge
        }
        return UInt32(truncatingIfNeeded: length)
    }

    private mutating func readContent(of block: inout YBlock) throws(YDecodingError) {
        switch block.kind {
        case .gc, .skip, .deleted:
            block.length = try readLength()
        case .string:
            let range = try reader.readVarBytes()
            let length = try UTF8Text.lengthInUTF16(of: reader.bytes, in: range)
            guard length <= limits.structLengthMaximum else { throw .clockTooLarge }
            block.length = UInt32(truncatingIfNeeded: length)
            block.setContent(range)
        case .json, .any:
            block.length = try readLength()
            let start = reader.position
            for _ in 0..<block.length {
                if block.kind == .any {
                    try reader.skipValue(depth: limits.depthMaximum)
                } else {
                    try reader.skipJSON(depth: limits.depthMaximum, orUndefined: true)
                }
            }
            block.setContent(start..<reader.position)
        case .binary:
            block.length = 1
            block.setContent(try reader.readVarBytes())
        case .embed:
            block.length = 1
            block.setContent(try reader.skipJSON(depth: limits.depthMaximum))
        case .format, .type, .document:
            block.length = 1
            let start = reader.position
            try reader.skipNamedContent(block.kind, depth: limits.depthMaximum)
            block.setContent(start..<reader.position)
        }
    }
}
