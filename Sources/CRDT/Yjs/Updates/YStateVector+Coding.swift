/// State vectors look the same in both formats.
extension YStateVector {
    package init(bytes: [UInt8]) throws(YDecodingError) {
        var reader = ByteReader(bytes)
        try self.init(&reader)
        guard reader.isAtEnd else { throw .trailingBytes }
    }

    init(_ reader: inout ByteReader) throws(YDecodingError) {
        self.init()
        for _ in 0..<(try reader.readCount()) {
            let client = try reader.readVarUint()
            self[client: client] = try reader.readVarUint()
        }
    }

    /// Clients are written in descending order, as Yjs does.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        write(into: &writer)
        return writer.finish()
    }

    func write(into writer: inout ByteWriter) {
        writer.writeVarUint(UInt64(clocks.count))
        for (client, clock) in clocks.sorted(by: { $0.key > $1.key }) {
            writer.writeVarUint(client)
            writer.writeVarUint(clock)
        }
    }
}
