import Synchronization

/// A journal that forgets with its process: for tests, and for what need not last.
package final class InMemoryJournal: Journal {
    struct Log {
        var epoch: Epoch
        /// Those after `trimmed`.
        var records: [Record] = []
        var trimmed: Offset = 0
        /// Those with keys; without their payloads once they are trimmed.
        var keyed: [RecordKey: Record] = [:]
        var snapshot: Snapshot?
        /// Where it is a document's.
        var versions = VersionList()

        var head: Offset { trimmed + Offset(records.count) }

        /// The first record that a version which was not made yet still needs.
        var needed: Offset? {
            versions.firstInNeed(ofRecordsAfter: snapshot?.offset ?? 0, hasAll: trimmed == 0)
        }
    }

    /// Of a cluster's partition.
    struct Copy {
        var bookmark: Bookmark
        var entries: [Entry] = []
    }

    struct State {
        var logs: [TopicID: Log] = [:]
        /// Where it is the copy of a cluster's node.
        var copies: [Partition: Copy] = [:]
        /// What was cut from those, or lost by their logs.
        var strays: [Partition: [Entry]] = [:]
        var failures: [JournalError] = []
    }

    let state = Mutex(State())

    package init() {}

    /// Makes the next appends fail with that error and store nothing.
    package func failNextAppends(_ count: Int, with error: JournalError = .unavailable("told to")) {
        state.withLock { $0.failures += Array(repeating: error, count: count) }
    }

    package nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record] {
        let result: Result<[Record], JournalError> = state.withLock { state in
            if !state.failures.isEmpty { return .failure(state.failures.removeFirst()) }
            return Self.append(drafts, to: &state.logs[topic, default: Self.emptyLog()], expecting)
        }
        return try result.get()
    }

    package nonisolated(nonsending) func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record] {
        state.withLock { state in
            guard let log = state.logs[topic], after < log.head else { return [] }
            let skipped = Int(after < log.trimmed ? 0 : after - log.trimmed)
            return Array(log.records[skipped...].prefix(max(0, limit)))
        }
    }

    package nonisolated(nonsending) func head(
        of topic: TopicID
    ) async throws(JournalError) -> Position {
        state.withLock { state in
            let log = state.logs[topic] ?? Self.emptyLog()
            state.logs[topic] = log
            return Position(epoch: log.epoch, offset: log.head)
        }
    }

    package nonisolated(nonsending) func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record? {
        state.withLock { state in
            state.logs[topic]?.keyed[RecordKey(author: author, key: key)]
        }
    }

    package nonisolated(nonsending) func snapshot(
        of topic: TopicID
    ) async throws(JournalError) -> Snapshot? {
        state.withLock { $0.logs[topic]?.snapshot }
    }

    package nonisolated(nonsending) func save(
        _ snapshot: Snapshot,
        of topic: TopicID
    ) async throws(JournalError) {
        let isTooEarly = state.withLock { state in
            var log = state.logs[topic] ?? Self.emptyLog()
            if let stored = log.snapshot, stored.offset > snapshot.offset { return false }
            if let needed = log.needed, needed < snapshot.offset { return true }
            log.snapshot = snapshot
            state.logs[topic] = log
            return false
        }
        if isTooEarly { throw .unavailable("A version of \(topic) was not made yet.") }
    }

    package func trim(_ topic: TopicID, upTo: Offset) async throws(JournalError) {
        state.withLock { state in
            guard var log = state.logs[topic], let snapshot = log.snapshot else { return }
            let end = min(upTo, snapshot.offset, log.head, (log.needed ?? .max) - 1)
            guard end > log.trimmed else { return }
            log.records.removeFirst(Int(end - log.trimmed))
            log.trimmed = end
            log.keyed = log.keyed.mapValues { $0.offset > end ? $0 : $0.forgotten }
            state.logs[topic] = log
        }
    }

    /// All topics that were asked for or written to.
    package var topics: [TopicID] { state.withLock { Array($0.logs.keys) } }

    /// A document's versions, in the order of the log.
    package func versions(of topic: TopicID) -> [DocumentVersion] {
        state.withLock { $0.logs[topic]?.versions.versions ?? [] }
    }

    /// How many records of a topic are kept, and how many bytes they and the snapshot take.
    package func size(of topic: TopicID) -> (records: Int, bytes: Int) {
        state.withLock { state in
            guard let log = state.logs[topic] else { return (0, 0) }
            let bytes = log.records.reduce(log.snapshot?.state.count ?? 0) { $0 + $1.payload.count }
            return (log.records.count, bytes)
        }
    }

    private static func emptyLog() -> Log {
        Log(epoch: Epoch(UInt32.random(in: 1...UInt32(Int32.max))))
    }

    private static func append(
        _ drafts: [Draft],
        to log: inout Log,
        _ expecting: Offset?
    ) -> Result<[Record], JournalError> {
        let head = log.head
        if let expecting {
            guard expecting == head else { return .failure(.conflict(head: head)) }
            let repeated = drafts.compactMap { draft in
                draft.key.flatMap { log.keyed[RecordKey(author: draft.author, key: $0)] }
            }
            guard repeated.isEmpty else { return .failure(.repeated(repeated)) }
        }
        var result: [Record] = []
        for draft in drafts {
            let owner = draft.key.map { RecordKey(author: draft.author, key: $0) }
            if let owner, let first = log.keyed[owner] {
                result.append(first)
                continue
            }
            let record = Record(draft, offset: log.head + 1)
            if let owner { log.keyed[owner] = record }
            log.records.append(record)
            log.versions.apply(record)
            result.append(record)
        }
        return .success(result)
    }
}
