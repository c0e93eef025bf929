import CRDT

/// A document as a record of its log found it.
///
/// The record is all that must be kept of one: its state is made from the log where it is needed,
/// and before the log forgets what it is made from.
package struct DocumentVersion: Sendable, Hashable {
    /// That of its record.
    package var id: RecordID
    /// Nil for those that the hub makes by itself.
    package var name: String?
    package var at: Timestamp
    package var author: String
    /// Where its record is: all up to there is in it. 0 for one from before versions had records.
    package var offset: Offset
    /// In the second format; empty in lists, and as long as it was not made.
    package var state: [UInt8]

    package init(
        id: RecordID,
        name: String?,
        at: Timestamp,
        author: String,
        offset: Offset,
        state: [UInt8] = []
    ) {
        self.id = id
        self.name = name
        self.at = at
        self.author = author
        self.offset = offset
        self.state = state
    }

    /// What a record says; nil when it saves none.
    package init?(_ record: Record) {
        guard record.type == DocumentEvent.versionSavingType else { return nil }
        let event = DocumentEvent(type: record.type, payload: record.payload)
        guard case .versionSaved(_, let name) = event else { return nil }
        self.init(
            id: record.id,
            name: name,
            at: record.at,
            author: record.author,
            offset: record.offset
        )
    }

    package static let nameBytesMaximum = 200
    /// Automatic ones of a document that are kept.
    package static let automaticMaximum = 50
    /// Named ones that a document may have.
    package static let namedMaximum = 500
    /// A state that another node gives has no more.
    package static let stateBytesMaximum = 256 << 20

    package var isFinished: Bool { !state.isEmpty }

    /// Whether that is a state that a version can have.
    package static func isReadable(_ state: [UInt8]) -> Bool {
        (try? YUpdate(v2: state, limits: .storage)) != nil
    }

    var json: JSON {
        [
            "versionId": .string(id.description),
            "name": name.map { .string($0) } ?? .null,
            "at": .int(at.milliseconds),
            "by": .string(author),
            "automatic": .bool(name == nil),
        ]
    }
}
