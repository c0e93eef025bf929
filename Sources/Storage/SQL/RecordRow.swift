import Hub

/// How a record is read from its row.
enum RecordRow {
    static let columns = """
        records.id, records.offset, records.at, records.author, records.type, records.key, \
        records.payload
        """
    static let count: Int32 = 7

    static func read(_ row: PreparedStatement) -> Record {
        Record(
            id: RecordID(row.int(0)),
            offset: Offset(clamping: row.int(1)),
            author: row.text(3),
            at: Timestamp(milliseconds: row.int(2)),
            key: row.textIfAny(5),
            type: row.text(4),
            payload: row.bytes(6),
            isBinary: row.isBlob(6)
        )
    }
}
