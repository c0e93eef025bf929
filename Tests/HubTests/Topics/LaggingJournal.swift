import Hub
import Synchronization

/// The journal of a node whose topics are told of what others store only when it is asked to catch
/// up.
final class LaggingJournal: Journal {
    private struct State {
        var count = 0
        var news: @Sendable () async throws(JournalError) -> Void = {}
    }

    private let inner: InMemoryJournal
    private let state = Mutex(State())

    init(_ inner: InMemoryJournal) { self.inner = inner }

    /// How often it was asked to.
    var count: Int { state.withLock(\.count) }

    /// What happens when it catches up.
    func onCatchingUp(_ news: @escaping @Sendable () async throws(JournalError) -> Void) {
        state.withLock { $0.news = news }
    }

    func catchUp(with topic: TopicID) async throws(JournalError) {
        let news = state.withLock { state in
            state.count += 1
            return state.news
        }
        try await news()
    }

    func append(
        _ drafts: [Draft],
        to topic: TopicID,
        expecting: Offset?
    ) async throws(JournalError) -> [Record] {
        try await inner.append(drafts, to: topic, expecting: expecting)
    }

    func read(
        _ topic: TopicID,
        after: Offset,
        limit: Int
    ) async throws(JournalError) -> [Record] {
        try await inner.read(topic, after: after, limit: limit)
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
