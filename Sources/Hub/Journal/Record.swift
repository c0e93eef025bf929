/// An event with its number in its topic's log.
package struct Record: Sendable, Hashable {
    package let id: RecordID
    package let offset: Offset
    /// The user who caused it.
    package let author: String
    package let at: Timestamp
    package let key: String?
    package let type: String
    /// A JSON object, as it is sent to clients.
    package let payload: [UInt8]

    package init(
        id: RecordID,
        offset: Offset,
        author: String,
        at: Timestamp,
        key: String?,
        type: String,
        payload: [UInt8]
    ) {
        self.id = id
        self.offset = offset
        self.author = author
        self.at = at
        self.key = key
        self.type = type
        self.payload = payload
    }

    package init(_ draft: Draft, offset: Offset) {
        self.init(
            id: draft.id,
            offset: offset,
            author: draft.author,
            at: draft.at,
            key: draft.key,
            type: draft.type,
            payload: draft.payload
        )
    }
}
