import CRDT

/// Makes the states of versions: what a document was when their records found it, from the stored
/// snapshot and the records after it.
package struct VersionMaker: Sendable {
    private static let page = 1024

    private let journal: any Journal
    private let archive: any DocumentArchive
    /// Who is asked for what can't be made here any more.
    private let source: (any VersionSource)?

    package init(
        _ journal: any Journal,
        _ archive: any DocumentArchive,
        source: (any VersionSource)? = nil
    ) {
        self.journal = journal
        self.archive = archive
        self.source = source
    }

    /// Makes all up to an offset that were not made: what must happen before the records are
    /// forgotten. One that can't be made is left to its readers.
    package func finish(upTo offset: Offset, of topic: TopicID) async throws(JournalError) {
        let unfinished = try await archive.unfinishedVersions(of: topic, upTo: offset)
        guard !unfinished.isEmpty else { return }
        do throws(JournalError) {
            try await make(unfinished, of: topic)
        } catch {
            guard case .corrupt = error else { throw error }
            // Another snapshot was stored meanwhile, and records were forgotten: those versions
            // are finished.
            let left = try await archive.unfinishedVersions(of: topic, upTo: offset)
            let start = try await start(of: topic)
            try await make(left.filter { $0.offset >= start }, of: topic)
        }
    }

    /// A version with its state; nil when there is none. Throws when nobody can make it.
    package func version(
        _ id: RecordID,
        of topic: TopicID
    ) async throws(JournalError) -> DocumentVersion? {
        guard let found = try await archive.version(id, of: topic) else { return nil }
        if found.isFinished { return found }
        do throws(JournalError) {
            return try await make([found], of: topic)
        } catch {
            guard case .corrupt = error else { throw error }
            // It was finished meanwhile, or another node has it.
            guard var again = try await archive.version(id, of: topic) else { return nil }
            if again.isFinished { return again }
            guard try await fetch(&again, of: topic) else { throw error }
            return again
        }
    }

    /// Gets what a copy of the partition lacks and can't make.
    package func fetch(in partition: Partition) async throws(JournalError) {
        for missing in try await archive.missingVersions(in: partition) {
            var version = missing.version
            _ = try await fetch(&version, of: missing.topic)
        }
    }

    private func fetch(
        _ version: inout DocumentVersion,
        of topic: TopicID
    ) async throws(JournalError) -> Bool {
        let epoch = try await journal.head(of: topic).epoch
        guard let state = await source?.state(of: version.id, in: topic),
            DocumentVersion.isReadable(state)
        else { return false }
        version.state = state
        try await archive.finish(version, of: topic, in: epoch)
        return true
    }

    /// Up to there a snapshot stands for records that may be forgotten.
    private func start(of topic: TopicID) async throws(JournalError) -> Offset {
        try await journal.snapshot(of: topic)?.offset ?? 0
    }

    /// In the order of the log, one after the other; answers the last with its state.
    @discardableResult
    private func make(
        _ versions: [DocumentVersion],
        of topic: TopicID
    ) async throws(JournalError) -> DocumentVersion? {
        guard let first = versions.first else { return nil }
        // Should the log become another meanwhile, what was read of it is of no use.
        let epoch = try await journal.head(of: topic).epoch
        var log = DocumentLog(topic: topic)
        var offset: Offset = 0
        // Where no record was forgotten, an earlier version can be made without the snapshot.
        if let snapshot = try await journal.snapshot(of: topic), snapshot.offset <= first.offset,
            let restored = DocumentLog(topic: topic, snapshot: snapshot.state)
        {
            log = restored
            offset = snapshot.offset
        }
        var last: DocumentVersion?
        for var version in versions {
            try await advance(&log, of: topic, from: &offset, to: version.offset)
            version.state = log.document.encodeStateV2()
            try await archive.finish(version, of: topic, in: epoch)
            last = version
        }
        return last
    }

    private func advance(
        _ log: inout DocumentLog,
        of topic: TopicID,
        from offset: inout Offset,
        to end: Offset
    ) async throws(JournalError) {
        while offset < end {
            let limit = Int(clamping: min(end - offset, Offset(Self.page)))
            let records = try await journal.read(topic, after: offset, limit: limit)
            guard let last = records.last, records[0].offset == offset + 1 else {
                throw .corrupt("\(topic) has no record \(offset + 1).")
            }
            for record in records {
                guard let event = DocumentEvent(type: record.type, payload: record.payload) else {
                    throw .corrupt("\(topic) has an unreadable record \(record.offset).")
                }
                log.apply(event, id: record.id, author: record.author, at: record.at)
            }
            offset = last.offset
        }
    }
}
