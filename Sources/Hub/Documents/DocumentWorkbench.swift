import CRDT

/// Works on documents of a journal that no hub holds: what tools do.
package struct DocumentWorkbench: Sendable {
    private static let page = 1024

    let journal: any Journal
    private let archive: (any DocumentArchive)?

    /// - Parameter archive: Where there are versions, which must be made before records go.
    package init(_ journal: any Journal, _ archive: (any DocumentArchive)? = nil) {
        self.journal = journal
        self.archive = archive
    }

    /// The state of a document, in either format; nil when there is none.
    package func state(
        of topic: TopicID,
        isSecondFormat: Bool
    ) async throws(JournalError) -> [UInt8]? {
        let loaded = try await load(topic)
        guard loaded.log.created != nil, !loaded.log.isDeleted else { return nil }
        let document = loaded.log.document
        return isSecondFormat ? document.encodeStateV2() : document.encodeStateV1()
    }

    /// Sizes, roots, clients, and what waits; nil when there is no such document.
    package func inspect(_ topic: TopicID) async throws(JournalError) -> JSON? {
        let loaded = try await load(topic)
        guard loaded.log.created != nil else { return nil }
        let request = Request(
            principal: Principal(user: "", isGuest: false, grants: .everything),
            at: Timestamp(milliseconds: 0),
            position: loaded.position
        ) {
            preconditionFailure("Looking at a document makes no record.")
        }
        guard var reply = try? loaded.log.decide(.inspect, request).reply else {
            return ["deleted": true]
        }
        reply.append("logRecords", .int(Int64(loaded.records)))
        reply.append("logBytes", .int(Int64(loaded.bytes)))
        reply.append("snapshotBytes", .int(Int64(loaded.snapshotBytes)))
        return reply
    }

    /// Stores an update, of either format; answers whether it said anything new. Nil when it is
    /// none.
    package func add(
        _ bytes: [UInt8],
        isSecondFormat: Bool,
        to topic: TopicID,
        by author: String,
        id: RecordID,
        at time: Timestamp
    ) async throws(JournalError) -> Bool? {
        let decoded =
            isSecondFormat ? try? YUpdate(v2: bytes) : try? YUpdate(v1: bytes)
        guard let update = decoded else { return nil }
        let log = try await load(topic).log
        guard (try? log.document.validate(update)) != nil else { return nil }
        guard !log.document.covers(update) else { return false }
        let payload = isSecondFormat ? update.encodedV1() : bytes
        let draft = Draft(
            id: id,
            author: author,
            at: time,
            key: nil,
            event: DocumentEvent.updated(payload, update)
        )
        _ = try await journal.append([draft], to: topic, expecting: nil)
        return true
    }

    /// Saves a snapshot of all there is and forgets the records; answers how many those were.
    package func compact(_ topic: TopicID) async throws(JournalError) -> Int {
        let loaded = try await load(topic)
        guard loaded.records > 0 else { return 0 }
        let offset = loaded.position.offset
        if let archive { try await VersionMaker(journal, archive).finish(upTo: offset, of: topic) }
        try await journal.save(Snapshot(offset: offset, state: loaded.log.snapshot()), of: topic)
        try await journal.trim(topic, upTo: offset)
        return loaded.records
    }

    private struct Loaded {
        var log: DocumentLog
        var position: Position
        var records = 0
        var bytes = 0
        var snapshotBytes = 0
    }

    private func load(_ topic: TopicID) async throws(JournalError) -> Loaded {
        let head = try await journal.head(of: topic)
        var loaded = Loaded(log: DocumentLog(topic: topic), position: head)
        var offset: Offset = 0
        if let snapshot = try await journal.snapshot(of: topic) {
            guard let log = DocumentLog(topic: topic, snapshot: snapshot.state) else {
                throw .corrupt("The snapshot of \(topic) can't be read.")
            }
            loaded.log = log
            loaded.snapshotBytes = snapshot.state.count
            offset = snapshot.offset
        }
        while offset < head.offset {
            let records = try await journal.read(topic, after: offset, limit: Self.page)
            guard let last = records.last, records[0].offset == offset + 1 else {
                throw .corrupt("\(topic) has no record \(offset + 1).")
            }
            for record in records {
                guard let event = DocumentEvent(type: record.type, payload: record.payload) else {
                    throw .corrupt("\(topic) has an unreadable record \(record.offset).")
                }
                loaded.log.apply(event, id: record.id, author: record.author, at: record.at)
                loaded.records += 1
                loaded.bytes += record.payload.count
            }
            offset = last.offset
        }
        return loaded
    }
}
