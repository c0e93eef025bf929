import CRDT

/// A document as it was at a moment: a whole copy of its state.
package struct DocumentVersion: Sendable, Hashable {
    package var id: RecordID
    /// Nil for those that the hub makes by itself.
    package var name: String?
    package var at: Timestamp
    package var author: String
    /// All records up to there are in it.
    package var offset: Offset
    /// In the second format; empty in lists.
    package var state: [UInt8]

    package init(
        id: RecordID,
        name: String?,
        at: Timestamp,
        author: String,
        offset: Offset,
        state: [UInt8]
    ) {
        self.id = id
        self.name = name
        self.at = at
        self.author = author
        self.offset = offset
        self.state = state
    }

    package static let nameBytesMaximum = 200

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
