import Hub
import Synchronization

/// A journal that stores so many appends more and then none, as that of a process which is killed;
/// or that fails now and then.
final class FailingJournal: Journal {
    private struct State {
        var appendsLeft = Int.max
        var appends = 0
        /// Of a hundred appends so many fail.
        var failures = 0
        var dice = Dice(seed: 1)
    }

    let stored = InMemoryJournal()
    private let state = Mutex(State())

    var appends: Int { state.withLock { $0.appends } }

    func die(after appends: Int) { state.withLock { $0.appendsLeft = appends } }

    func fail(_ percent: Int, seed: UInt64) {
        state.withLock {
            $0.failures = percent
            $0.dice = Dice(seed: seed)
        }
    }

    func revive() {
        state.withLock {
            $0.appendsLeft = .max
            $0.failures = 0
        }
    }

    nonisolated(nonsending) func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record] {
        let works = state.withLock { state in
            guard state.appendsLeft > 0, state.dice.roll(0..<100) >= state.failures else {
                return false
            }
            state.appendsLeft -= 1
            state.appends += 1
            return true
        }
        guard works else { throw .unavailable("told to") }
        return try await stored.append(drafts, to: topic, expecting: expecting)
    }

    nonisolated(nonsending) func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record] {
        try await stored.read(topic, after: after, limit: limit)
    }

    nonisolated(nonsending) func head(of topic: TopicID) async throws(JournalError) -> Position {
        try await stored.head(of: topic)
    }

    nonisolated(nonsending) func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record? {
        try await stored.record(withKey: key, by: author, in: topic)
    }

    nonisolated(nonsending) func snapshot(
        of topic: TopicID
    ) async throws(JournalError) -> Snapshot? {
        try await stored.snapshot(of: topic)
    }

    nonisolated(nonsending) func save(
        _ snapshot: Snapshot,
        of topic: TopicID
    ) async throws(JournalError) {
        try await stored.save(snapshot, of: topic)
    }

    nonisolated(nonsending) func trim(
        _ topic: TopicID,
        upTo: Offset
    ) async throws(JournalError) {
        try await stored.trim(topic, upTo: upTo)
    }
}
