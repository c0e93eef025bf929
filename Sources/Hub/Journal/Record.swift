/// An event with its number in its topic's log.
package struct Record: Sendable, Hashable {
    package let id: RecordID
    package let offset: Offset
    /// The user who caused it.
    package let author: String
    package let at: Timestamp
    package let key: String?
    package let type: String
    /// A JSON object, as it is sent to clients; or bytes.
    package let payload: [UInt8]
    /// Whether the payload is bytes that are not JSON.
    package let isBinary: Bool

    package init(
        id: RecordID,
        offset: Offset,
        author: String,
        at: Timestamp,
        key: String?,
        type: String,
        payload: [UInt8],
        isBinary: Bool = false
    ) {
        self.id = id
        self.offset = offset
        self.author = author
        self.at = at
        self.key = key
        self.type = type
        self.payload = payload
        self.isBinary = isBinary
    }

    package init(_ draft: Draft, offset: Offset) {
        self.init(
            id: draft.id,
            offset: offset,
            author: draft.author,
            at: draft.at,
            key: draft.key,
            type: draft.type,
            payload: draft.payload,
            isBinary: draft.isBinary
        )
    }
}

extension Record {
    /// What stays of a record with a key when it is forgotten: all but the payload.
    package var forgotten: Record {
        Record(
            id: id,
            offset: offset,
            author: author,
            at: at,
            key: key,
            type: type,
            payload: [],
            isBinary: true
        )
    }

    /// The payload as JSON: bytes become an object with base64.
    package var json: [UInt8] {
        guard isBinary else { return payload }
        var object = JSONObjectWriter(reserving: payload.count / 3 * 4 + 24)
        object.write("update", .bytes(payload))
        return object.finish()
    }
}
