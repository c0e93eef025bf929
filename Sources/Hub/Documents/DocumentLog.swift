import CRDT

/// What a document's topic remembers: the document, and who wrote as which client.
///
/// The document is an object: it is not copied for a turn. Its edits commute and applying one twice
/// does nothing, so after a failed append it is loaded anew.
package struct DocumentLog: Ledger {
    /// The document, and the clients under which the hub itself edits it.
    final class Body {
        var document = YDocument()
        /// By user: what is written for them is theirs.
        var editors: [String: UInt64] = [:]
    }

    /// Who used a client id, and when.
    struct Writer: Sendable, Hashable {
        var user: String
        var updates: Int64
        var first: Timestamp
        var last: Timestamp
    }

    let topic: TopicID
    let body = Body()
    var title = ""
    var created: (at: Timestamp, by: String)?
    package internal(set) var isDeleted = false
    /// Updates in all, and the last event.
    var updates: Int64 = 0
    var updated: (at: Timestamp, by: String)?
    var writers: [UInt64: Writer] = [:]
    /// Bytes of records since the last snapshot, and how large that was.
    var bytesSinceSnapshot = 0
    var snapshotBytes = 0
    var lastSnapshot: Timestamp?
    /// Whether what was applied last waits for something else.
    private var isWaiting = false
    /// What had waited until the update that was applied last came, as an update.
    private var released: [UInt8]?

    var document: YDocument { body.document }

    /// As lists show it; nil when nothing has happened.
    package var summary: DocumentSummary? {
        guard let created, let updated else { return nil }
        return DocumentSummary(
            name: String(topic.name),
            title: title,
            createdAt: created.at,
            createdBy: created.by,
            updatedAt: updated.at,
            updatedBy: updated.by,
            updates: updates
        )
    }

    package init(topic: TopicID) {
        self.topic = topic
    }

    package static func command(
        _ action: String,
        _ fields: JSON
    ) throws(Rejection) -> DocumentCommand {
        try DocumentCommand(action, fields)
    }

    package func needs(_ command: DocumentCommand) -> [RecordID] { [] }

    package mutating func learn(_ facts: [Never]) {}

    package mutating func settle() {}

    package static let causes: [String: Set<String>] = [
        "create": [DocumentEvent.creationType],
        "rename": [DocumentEvent.renamingType, DocumentEvent.creationType],
        "update": [DocumentEvent.updateType],
        "edit": [DocumentEvent.updateType],
        "restoreState": [DocumentEvent.updateType],
        "saveVersion": [DocumentEvent.versionSavingType],
        "keepVersion": [DocumentEvent.versionSavingType],
        "removeVersion": [DocumentEvent.versionRemovalType],
        "delete": [DocumentEvent.deletionType],
    ]

    package static func reply(repeating record: Record) -> JSON {
        record.type == DocumentEvent.versionSavingType
            ? describe(version: record) : .object([])
    }

    package mutating func apply(
        _ event: DocumentEvent,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {
        isWaiting = false
        released = nil
        // A version is none of the document's changes: what it reads is as it was.
        if event.isAboutVersions {
            bytesSinceSnapshot += Self.recordOverhead
            return
        }
        if created == nil || isDeleted { created = (at, author) }
        updated = (at, author)
        switch event {
        case .created(let title):
            self.title = title
            isDeleted = false
        case .renamed(let title): self.title = title
        case .updated(let bytes, let update):
            isDeleted = false
            updates += 1
            take(update)
            bytesSinceSnapshot += bytes.count + Self.recordOverhead
            note(update.clients, author, at)
        case .versionSaved, .versionRemoved: break
        case .deleted:
            body.document = YDocument()
            body.editors = [:]
            writers = [:]
            title = ""
            isDeleted = true
        }
    }

    private mutating func take(_ update: YUpdate) {
        let waiting = document.pendingSize
        let before = waiting > 0 ? document.stateVector : nil
        isWaiting = document.apply(update).missing != nil
        guard let before, document.pendingSize < waiting else { return }
        released = document.encodeStateV1(since: before)
    }

    package static var excludingTypes: Set<String> { [DocumentEvent.deletionType] }

    package static func exclusion(by event: DocumentEvent) -> Exclusion? {
        guard case .deleted = event else { return nil }
        return Exclusion(of: nil, reason: "deleted")
    }

    /// Who sends what waits for something is told what the hub has, so as to send the rest. And
    /// when what waited has found its place all are told of it again: who came while it waited
    /// was given the state without it.
    package func complete(_ decision: inout Decision<DocumentEvent>, at: Timestamp) {
        if let released {
            let payload: JSON = ["update": .bytes(released)]
            decision.ephemeral.append(
                Ephemeral(
                    event: DocumentEvent.updateType,
                    author: "",
                    at: at,
                    payload: payload.encoded(),
                    binary: released,
                    isForSender: true
                )
            )
        }
        guard isWaiting else { return }
        decision.reply.append("missing", true)
        decision.reply.append("vector", .bytes(document.stateVector.encoded()))
    }

    /// The first who writes as a client is who that is: what others pass on is still theirs.
    private mutating func note(_ clients: [UInt64], _ author: String, _ at: Timestamp) {
        for client in clients {
            var writer = writers[client] ?? Writer(user: author, updates: 0, first: at, last: at)
            writer.updates += 1
            writer.last = max(writer.last, at)
            writers[client] = writer
        }
    }

    // MARK: Keeping it small

    package static var forgetsRecords: Bool { true }

    /// Updates come to the same document in any order; what follows from titles and ends doesn't.
    package static func commutes(_ event: DocumentEvent) -> Bool {
        switch event {
        case .updated, .versionSaved, .versionRemoved: true
        case .created, .renamed, .deleted: false
        }
    }

    /// What a row takes besides its payload.
    private static let recordOverhead = 64
    private static let bytesMinimum = 32 << 10
    private static let age: Int64 = 600_000

    /// By size, so that the log stays smaller than the state; and by age, so that loading is quick.
    package func isSnapshotDue(records: Int, at: Timestamp) -> Bool? {
        if isDeleted { return records > 0 }
        if bytesSinceSnapshot >= max(Self.bytesMinimum, snapshotBytes / 2) { return true }
        guard let last = lastSnapshot ?? created?.at else { return false }
        return records > 0 && at.milliseconds - last.milliseconds >= Self.age
    }

    package mutating func noteSnapshot(bytes: Int, at: Timestamp) {
        bytesSinceSnapshot = 0
        snapshotBytes = bytes
        lastSnapshot = at
    }
}
