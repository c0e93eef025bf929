import Hub

/// A message as its rows have it: its record, and what became of it where anything did.
struct MessageRow {
    let id: RecordID
    let position: Position
    let payload: [UInt8]
    let alteration: Alteration?

    /// What `init` reads; `messages` and `records` have to be joined.
    static let columns = "messages.id, messages.offset, messages.altered, records.payload"

    init(_ row: PreparedStatement, epoch: Epoch, _ connection: Connection) throws(SQLiteFailure) {
        id = RecordID(row.int(0))
        position = Position(epoch: epoch, offset: Offset(clamping: row.int(1)))
        payload = row.bytes(3)
        alteration = row.int(2) == 0 ? nil : try Self.alteration(of: id, connection)
    }

    /// As it is now.
    var message: Message? {
        guard case .message(let original)? = ChatEvent(type: "message", payload: payload) else {
            return nil
        }
        return alteration?.applied(to: original) ?? original
    }

    /// As history gives it.
    var stored: StoredMessage? {
        guard let message else { return nil }
        return ArchivedMessage(
            message: message,
            position: position,
            replyCount: Int(alteration?.replyCount ?? 0),
            lastReplyAt: alteration?.lastReplyAt,
            isPinned: alteration?.isPinned ?? false
        ).stored()
    }

    /// A row as history gives it. Of a message that nothing became of, the record's JSON is what
    /// history shows but for the position, which goes in at its end: it is copied, once.
    static func stored(
        _ row: PreparedStatement,
        _ key: RoomKey,
        _ connection: Connection
    ) throws(SQLiteFailure) -> StoredMessage? {
        if row.int(2) != 0 {
            return try MessageRow(row, epoch: key.epoch, connection).stored
        }
        let payload = row.slice(3)
        guard payload.last == UInt8(ascii: "}") else { return nil }
        var json: [UInt8] = []
        json.reserveCapacity(payload.count + key.positionStart.count + 24)
        json.append(contentsOf: UnsafeRawBufferPointer(rebasing: payload.dropLast()))
        json.append(contentsOf: key.positionStart)
        JSON.encode(row.int(1), into: &json)
        json.append(UInt8(ascii: "\""))
        json.append(UInt8(ascii: "}"))
        return StoredMessage(id: RecordID(row.int(0)), json: json)
    }

    private static func alteration(
        of id: RecordID,
        _ connection: Connection
    ) throws(SQLiteFailure) -> Alteration? {
        let find = try connection.statement(
            "SELECT \(Alteration.columns) FROM alterations WHERE id = ?1"
        )
        find.bind(id.number, at: 1)
        return try find.first { Alteration($0, from: 0) }
    }
}
