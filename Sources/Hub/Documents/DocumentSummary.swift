/// A document as lists show it.
package struct DocumentSummary: Sendable, Hashable {
    package var name: String
    package var title: String
    package var createdAt: Timestamp
    package var createdBy: String
    package var updatedAt: Timestamp
    package var updatedBy: String
    /// How often it was written to.
    package var updates: Int64

    package init(
        name: String,
        title: String,
        createdAt: Timestamp,
        createdBy: String,
        updatedAt: Timestamp,
        updatedBy: String,
        updates: Int64
    ) {
        self.name = name
        self.title = title
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.updatedAt = updatedAt
        self.updatedBy = updatedBy
        self.updates = updates
    }

    var json: JSON {
        [
            "name": .string(name),
            "topic": .string("\(TopicKind.doc.rawValue):\(name)"),
            "title": .string(title),
            "createdAt": .int(createdAt.milliseconds),
            "createdBy": .string(createdBy),
            "updatedAt": .int(updatedAt.milliseconds),
            "updatedBy": .string(updatedBy),
            "updates": .int(updates),
        ]
    }
}
