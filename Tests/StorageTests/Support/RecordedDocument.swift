import Hub

/// A document as its records make it, all of which are kept here: what stores are compared with.
struct RecordedDocument {
    let topic: TopicID
    private(set) var records: [Record] = []
    private var log: DocumentLog
    private var ids: Int64 = 0
    private var length: Int64 = 0

    init(_ topic: TopicID) {
        self.topic = topic
        log = DocumentLog(topic: topic)
    }

    var head: Offset { Offset(records.count) }

    /// As it is now, in the second format.
    var state: [UInt8] { DocumentLog.state(in: log.snapshot()) ?? [] }

    func snapshot(at offset: Offset) -> Snapshot {
        Snapshot(offset: offset, state: Self.log(topic, records.prefix(Int(offset))).snapshot())
    }

    func state(at offset: Offset) -> [UInt8] {
        DocumentLog.state(in: snapshot(at: offset).state) ?? []
    }

    /// What its records have to say of versions, oldest first.
    var versions: [DocumentVersion] {
        var versions: [DocumentVersion] = []
        for record in records {
            switch DocumentEvent(type: record.type, payload: record.payload) {
            case .versionSaved: DocumentVersion(record).map { versions.append($0) }
            case .versionRemoved(let id): versions.removeAll { $0.id == id }
            case .deleted: versions = []
            default: break
            }
        }
        return versions
    }

    mutating func edit(
        at place: Int64,
        _ text: String,
        isDeletion: Bool = false
    ) throws -> Record {
        let index = length == 0 ? 0 : place % length
        let isDeletion = isDeletion && length > 0
        let operation: JSON =
            isDeletion
            ? ["op": "delete", "root": "t", "index": .int(index), "length": 1]
            : ["op": "insert", "root": "t", "index": .int(index), "text": .string(text)]
        length += isDeletion ? -1 : Int64(text.utf8.count)
        let command = try DocumentCommand("edit", ["data": ["operations": [operation]]])
        let request = Request(
            principal: Principal(user: "ada", isGuest: false, grants: .everything),
            at: Timestamp(milliseconds: 1)
        ) {
            [number = ids] in RecordID(900_000 + number)
        }
        guard let event = try log.decide(command, request).events.first?.event else {
            throw Rejection.unavailable
        }
        return append(event)
    }

    mutating func save(_ name: String?) -> Record {
        append(.versionSaved(RecordID(ids + 1), name: name))
    }

    @discardableResult
    mutating func append(_ event: DocumentEvent) -> Record {
        ids += 1
        let draft = Draft(
            id: RecordID(ids),
            author: "ada",
            at: Timestamp(milliseconds: ids),
            key: nil,
            event: event
        )
        let record = Record(draft, offset: head + 1)
        records.append(record)
        log.apply(event, id: record.id, author: record.author, at: record.at)
        return record
    }

    mutating func cut(behind offset: Offset) {
        records.removeLast(Int(head - offset))
        log = Self.log(topic, records[...])
        let command = try? DocumentCommand("content", ["root": "t"])
        let request = Request(
            principal: Principal(user: "ada", isGuest: false, grants: .everything),
            at: Timestamp(milliseconds: 1)
        ) {
            RecordID(1)
        }
        let text = command.flatMap { try? log.decide($0, request).reply["content"]?.string }
        length = Int64((text ?? "").utf8.count)
    }

    private static func log(_ topic: TopicID, _ records: ArraySlice<Record>) -> DocumentLog {
        var log = DocumentLog(topic: topic)
        for record in records {
            guard let event = DocumentEvent(type: record.type, payload: record.payload) else {
                continue
            }
            log.apply(event, id: record.id, author: record.author, at: record.at)
        }
        return log
    }
}
