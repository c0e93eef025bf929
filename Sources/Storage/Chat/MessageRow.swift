import Hub

/// A message as its rows have it: its record, and what became of it where anything did.
struct MessageRow {
    let id: RecordID
    let position: Position
    let payload: [UInt8]
    let alteration: Alteration?

    /// What `init` reads; `messages` and `records` have to be joined.
    static let columns = "messages.id, messages.offset, messages.altered, records.payload"

    /// Altered messages cost a second look; the others don't pay for it.
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
        guard let alteration else { return StoredMessage(id: id, json: positioned()) }
        guard let message else { return nil }
        return ArchivedMessage(
            message: message,
            position: position,
            replyCount: Int(alteration.replyCount),
            lastReplyAt: alteration.lastReplyAt,
            isPinned: alteration.isPinned
        ).stored()
    }

    /// The record's JSON is what history shows but for the position, which goes in at its end.
    private func positioned() -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(payload.count + 48)
        json.append(contentsOf: payload.dropLast())
        json.append(contentsOf: ",\"position\":\"".utf8)
        json.append(contentsOf: String(position.epoch.number, radix: 36).utf8)
        json.append(UInt8(ascii: ":"))
        JSON.encode(position.offset, into: &json)
        json.append(UInt8(ascii: "\""))
        json.append(UInt8(ascii: "}"))
        return json
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
