/// Reads updates of the second format. Content takes the form of the first one on the way.
struct ColumnReader {
    private let limits: YLimits
    private let structsMaximum: Int
    /// Values grow a little when they become JSON text; keys that are named by their number could
    /// grow without end.
    private let contentMaximum: Int
    private var update = YUpdate()
    private var keyClocks: DifferenceRunReader
    private var clients: UintRunReader
    private var leftClocks: DifferenceRunReader
    private var rightClocks: DifferenceRunReader
    private var flags: ByteRunReader
    private var strings: TextColumnReader
    private var parents: ByteRunReader
    private var types: UintRunReader
    private var lengths: UintRunReader
    private var rest: ByteReader
    /// The keys that were read: one may be named again by its number.
    private var keys: [Range<Int>] = []
    private var keyBytes: [UInt8] = []

    private init(_ bytes: [UInt8], limits: YLimits) throws(YDecodingError) {
        self.limits = limits
        structsMaximum = max(limits.structsMaximum, bytes.count)
        contentMaximum = min(
            limits.expansionMaximum.map { bytes.count * $0 + 65_536 } ?? .max,
            Int(UInt32.max)
        )
        var reader = ByteReader(bytes)
        guard try reader.readVarUint() == 0 else { throw .malformedColumn }
        keyClocks = DifferenceRunReader(try Self.column(of: &reader))
        clients = UintRunReader(try Self.column(of: &reader))
        leftClocks = DifferenceRunReader(try Self.column(of: &reader))
        rightClocks = DifferenceRunReader(try Self.column(of: &reader))
        flags = ByteRunReader(try Self.column(of: &reader))
        strings = try TextColumnReader(try Self.column(of: &reader))
        parents = ByteRunReader(try Self.column(of: &reader))
        types = UintRunReader(try Self.column(of: &reader))
        lengths = UintRunReader(try Self.column(of: &reader))
        rest = reader
    }

    private static func column(of reader: inout ByteReader) throws(YDecodingError) -> ByteReader {
        ByteReader(reader.bytes, in: try reader.readVarBytes())
    }

    static func update(_ bytes: [UInt8], limits: YLimits) throws(YDecodingError) -> YUpdate {
        // Ranges of content are kept in 32 bits.
        let bytesMaximum = Int(UInt32.max) / (limits.expansionMaximum ?? 1)
        guard bytes.count <= limits.documentBytesMaximum, bytes.count < bytesMaximum else {
            throw .documentTooLarge
        }
        var columns = try ColumnReader(bytes, limits: limits)
        try columns.readStructs()
        try columns.readDeletes()
        guard columns.rest.isAtEnd else { throw .trailingBytes }
        columns.update.arrange()
        return columns.update
    }

    private mutating func readStructs() throws(YDecodingError) {
        for _ in 0..<(try rest.readCount()) {
            let count = try rest.readVarUint()
            let client = try readClient()
            var clock = try rest.readVarUint()
            guard count <= UInt64(structsMaximum - update.blocks.count) else {
                throw .tooManyStructs
            }
            let start = update.blocks.count
            for _ in 0..<count {
                guard clock <= limits.clockMaximum else { throw .clockTooLarge }
                let block = try readStruct(
                    YID(client: client, clock: UInt32(truncatingIfNeeded: clock))
                )
                clock += UInt64(block.length)
                guard clock <= limits.clockMaximum else { throw .clockTooLarge }
                update.blocks.append(block)
                guard update.bytes.count <= contentMaximum else { throw .documentTooLarge }
            }
            guard update.blocks.count > start else { continue }
            update.groups.append(
                YBlockGroup(client: client, blocks: start..<update.blocks.count)
            )
        }
    }

    private mutating func readClient() throws(YDecodingError) -> UInt64 {
        let client = try clients.read()
        guard client <= ByteReader.integerMaximum else { throw .clientTooLarge }
        return client
    }

    private mutating func readStruct(_ id: YID) throws(YDecodingError) -> YBlock {
        let flags = try flags.read()
        guard let kind = YContentKind(rawValue: flags & 0x1F) else {
            throw .unknownContent(flags & 0x1F)
        }
        var block = YBlock(id: id, length: 0, kind: kind)
        if block.isItem {
            if flags & 0x80 != 0 {
                block.origin = try Self.reference(
                    of: id,
                    try readClient(),
                    try leftClocks.read(),
                    below: limits.clockMaximum
                )
                block.flags.insert(.origin)
            }
            if flags & 0x40 != 0 {
                block.rightOrigin = try Self.reference(
                    of: id,
                    try readClient(),
                    try rightClocks.read(),
                    below: limits.clockMaximum
                )
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

    /// Not a method of the value: calling one would copy all columns beforehand.
    private static func reference(
        of id: YID,
        _ client: UInt64,
        _ clock: UInt64,
        below maximum: UInt64
    ) throws(YDecodingError) -> YID {
        guard clock < maximum else { throw .clockTooLarge }
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
        if try parents.read() == 1 {
            block.setRoot(try strings.read(into: &update.bytes).range)
        } else {
            block.parent = try Self.reference(
                of: block.id,
                try readClient(),
                try leftClocks.read(),
                below: limits.clockMaximum
            )
            block.flags.insert(.parentIsItem)
        }
        if hasKey { block.setKey(try strings.read(into: &update.bytes).range) }
    }

    private mutating func readLength(from length: UInt64) throws(YDecodingError) -> UInt32 {
        guard length <= min(limits.structLengthMaximum, limits.clockMaximum) else {
            throw .clockTooLarge
        }
        return UInt32(truncatingIfNeeded: length)
    }

    private mutating func readContent(of block: inout YBlock) throws(YDecodingError) {
        block.length = 1
        let start = update.bytes.count
        switch block.kind {
        case .skip: block.length = try readLength(from: try rest.readVarUint())
        case .gc, .deleted: block.length = try readLength(from: try lengths.read())
        case .string:
            let length = try strings.read(into: &update.bytes).length
            block.length = try readLength(from: UInt64(length))
        case .any:
            block.length = try readLength(from: try lengths.read())
            let start = rest.position
            for _ in 0..<block.length { try rest.skipValue(depth: limits.depthMaximum) }
            update.bytes.append(contentsOf: rest.bytes[start..<rest.position])
        case .json:
            block.length = try readLength(from: try lengths.read())
            for _ in 0..<block.length { try readJSONText() }
        case .binary:
            update.bytes.append(contentsOf: rest.bytes[try rest.readVarBytes()])
        case .embed, .format, .type, .document:
            try readParts(of: block.kind)
        }
        block.setContent(start..<update.bytes.count)
    }

    private mutating func readJSONText() throws(YDecodingError) {
        var scratch: [UInt8] = []
        _ = try strings.read(into: &scratch)
        var writer = ByteWriter()
        writer.writeVarBytes(scratch)
        let content = writer.finish()
        var reader = ByteReader(content)
        try reader.skipJSON(depth: limits.depthMaximum, orUndefined: true)
        update.bytes.append(contentsOf: content)
    }

    /// Content whose parts stand in different columns.
    private mutating func readParts(of kind: YContentKind) throws(YDecodingError) {
        var writer = ByteWriter()
        switch kind {
        case .embed:
            writer.writeJSON(try rest.readValue(depth: limits.depthMaximum))
        case .format:
            let key = try readKey()
            writer.writeVarBytes(keyBytes, key)
            var value = ByteWriter()
            value.writeJSON(try rest.readValue(depth: limits.depthMaximum))
            writer.writeVarBytes(value.finish())
        case .type:
            let reference = try types.read()
            guard let type = YTypeCode(wire: reference) else { throw .unknownType(reference) }
            writer.writeVarUint(reference)
            if type.hasName {
                let name = try readKey()
                writer.writeVarBytes(keyBytes, name)
            }
        default:
            var scratch: [UInt8] = []
            _ = try strings.read(into: &scratch)
            writer.writeVarBytes(scratch)
            let start = rest.position
            try rest.skipValue(depth: limits.depthMaximum)
            writer.writeRaw(rest.bytes, start..<rest.position)
        }
        update.bytes.append(contentsOf: writer.finish())
    }

    /// A key that came before, or the next string.
    private mutating func readKey() throws(YDecodingError) -> Range<Int> {
        let clock = try keyClocks.read()
        if clock < UInt64(keys.count) { return keys[Int(clock)] }
        let range = try strings.read(into: &keyBytes).range
        keys.append(range)
        return range
    }

    private mutating func readDeletes() throws(YDecodingError) {
        for _ in 0..<(try rest.readCount()) {
            let client = try rest.readVarUint()
            var end: UInt64 = 0
            for _ in 0..<(try rest.readCount()) {
                let clock = end + (try rest.readVarUint())
                let length = try rest.readVarUint() + 1
                guard clock <= limits.clockMaximum, length <= limits.clockMaximum - clock else {
                    throw .clockTooLarge
                }
                update.deletes.append(
                    YDeleteRange(
                        client: client,
                        clock: UInt32(truncatingIfNeeded: clock),
                        length: UInt32(truncatingIfNeeded: length)
                    )
                )
                end = clock + length
            }
        }
    }
}
