/// A record before the journal numbers it.
package struct Draft: Sendable {
    package let id: RecordID
    /// The user who caused it.
    package let author: String
    package let at: Timestamp
    /// Unique per topic and author, for ever; a repeat returns the first record. At most 128 bytes.
    package let key: String?
    package let type: String
    /// A JSON object, as it is sent to clients; or bytes.
    package let payload: [UInt8]
    /// Whether the payload is bytes that are not JSON.
    package let isBinary: Bool
    /// The event that `type` and `payload` encode, so that projections need not parse it again.
    /// Nil when the draft was read from a file or another node.
    package let event: (any Event)?

    package static let keyBytesMaximum = 128

    package init(
        id: RecordID,
        author: String,
        at: Timestamp,
        key: String?,
        event: any Event
    ) {
        self.init(
            id: id,
            author: author,
            at: at,
            key: key,
            type: event.type,
            payload: event.payload(),
            isBinary: event.isBinary,
            event: event
        )
    }

    /// A record as it was before it was numbered.
    package init(_ record: Record) {
        self.init(
            id: record.id,
            author: record.author,
            at: record.at,
            key: record.key,
            type: record.type,
            payload: record.payload,
            isBinary: record.isBinary
        )
    }

    package init(
        id: RecordID,
        author: String,
        at: Timestamp,
        key: String?,
        type: String,
        payload: [UInt8],
        isBinary: Bool = false,
        event: (any Event)? = nil
    ) {
        self.id = id
        self.author = author
        self.at = at
        self.key = key
        self.type = type
        self.payload = payload
        self.isBinary = isBinary
        self.event = event
    }
}
