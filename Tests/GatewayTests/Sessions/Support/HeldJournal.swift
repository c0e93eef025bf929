import Hub
import Synchronization

/// A journal whose appends and reads wait while the test holds them.
final class HeldJournal: Journal {
    private struct State {
        var holdsAppends = false
        var holdsReads = false
        var waitingAppends: [CheckedContinuation<Void, Never>] = []
        var waitingReads: [CheckedContinuation<Void, Never>] = []
    }

    let inner = InMemoryJournal()
    private let state = Mutex(State())

    /// How many appends wait.
    var waitingAppends: Int { state.withLock { $0.waitingAppends.count } }
    /// How many reads wait.
    var waitingReads: Int { state.withLock { $0.waitingReads.count } }

    func holdAppends() { state.withLock { $0.holdsAppends = true } }

    func holdReads() { state.withLock { $0.holdsReads = true } }

    func letGo() {
        let waiting = state.withLock { state in
            defer { state = State() }
            return state.waitingAppends + state.waitingReads
        }
        for caller in waiting { caller.resume() }
    }

    private func waitToAppend() async {
        await withCheckedContinuation { caller in
            let mayGo = state.withLock { state in
                if state.holdsAppends { state.waitingAppends.append(caller) }
                return !state.holdsAppends
            }
            if mayGo { caller.resume() }
        }
    }

    private func waitToRead() async {
        await withCheckedContinuation { caller in
            let mayGo = state.withLock { state in
                if state.holdsReads { state.waitingReads.append(caller) }
                return !state.holdsReads
            }
            if mayGo { caller.resume() }
        }
    }

    func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record] {
        await waitToAppend()
        return try await inner.append(drafts, to: topic, expecting: expecting)
    }

    func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record] {
        await waitToRead()
        return try await inner.read(topic, after: after, limit: limit)
    }

    func head(of topic: TopicID) async throws(JournalError) -> Position {
        try await inner.head(of: topic)
    }

    func record(
        withKey key: String,
        by author: String,
        in topic: TopicID
    ) async throws(JournalError) -> Record? {
        try await inner.record(withKey: key, by: author, in: topic)
    }

    func snapshot(of topic: TopicID) async throws(JournalError) -> Snapshot? {
        try await inner.snapshot(of: topic)
    }

    func save(_ snapshot: Snapshot, of topic: TopicID) async throws(JournalError) {
        try await inner.save(snapshot, of: topic)
    }

    func trim(_ topic: TopicID, upTo: Offset) async throws(JournalError) {
        try await inner.trim(topic, upTo: upTo)
    }
}
