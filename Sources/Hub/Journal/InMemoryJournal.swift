import Synchronization

/// A journal that forgets with its process: for tests, and for what need not last.
package final class InMemoryJournal: Journal {
    private struct Log {
        var epoch: Epoch
        var records: [Record] = []
        var offsets: [KeyOwner: Int] = [:]
        var snapshot: Snapshot?
    }

    private struct KeyOwner: Hashable {
        let author: String
        let key: String
    }

    private struct State {
        var logs: [TopicID: Log] = [:]
        var failures: [JournalError] = []
    }

    private let state = Mutex(State())

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
            guard let records = state.logs[topic]?.records, after < UInt64(records.count) else {
                return []
            }
            return Array(records[Int(after)...].prefix(max(0, limit)))
        }
    }

    package nonisolated(nonsending) func head(
        of topic: TopicID
    ) async throws(JournalError) -> Position {
        state.withLock { state in
            let log = state.logs[topic] ?? Self.emptyLog()
            state.logs[topic] = log
            return Position(epoch: log.epoch, offset: Offset(log.records.count))
        }
    }

    package nonisolated(nonsending) func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record? {
        state.withLock { state in
            guard let log = state.logs[topic] else { return nil }
            return log.offsets[KeyOwner(author: author, key: key)].map { log.records[$0] }
        }
    }

    package nonisolated(nonsending) func snapshot(
        of topic: TopicID
    ) async throws(JournalError) -> Snapshot? {
        state.withLock { $0.logs[topic]?.snapshot }
    }

    package nonisolated(nonsending) func save(
        _ snapshot: Snapshot, of topic: TopicID
    ) async throws(JournalError) {
        state.withLock { state in
            var log = state.logs[topic] ?? Self.emptyLog()
            if let stored = log.snapshot, stored.offset > snapshot.offset { return }
            log.snapshot = snapshot
            state.logs[topic] = log
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
        let head = Offset(log.records.count)
        if let expecting, expecting != head { return .failure(.conflict(head: head)) }
        var result: [Record] = []
        for draft in drafts {
            let owner = draft.key.map { KeyOwner(author: draft.author, key: $0) }
            if let owner, let index = log.offsets[owner] {
                result.append(log.records[index])
                continue
            }
            let record = Record(draft, offset: Offset(log.records.count) + 1)
            if let owner { log.offsets[owner] = log.records.count }
            log.records.append(record)
            result.append(record)
        }
        return .success(result)
    }
}
