import Hub
import Synchronization

/// The newest pages of rooms as they were last read, each good until its room's next commit.
///
/// At most 1,024 pages of at most 64 KiB.
final class PageCache: Sendable {
    private struct Place: Hashable, Sendable {
        let topic: TopicID
        let limit: Int
    }

    private struct Entry: Sendable {
        let page: HistoryPage
        let revision: UInt64
    }

    private static let pagesMaximum = 1024
    private static let bytesMaximum = 64 << 10

    private let revisions: Revisions
    private let entries = Mutex(RecentValues<Place, Entry>(limit: pagesMaximum))

    init(revisions: Revisions) {
        self.revisions = revisions
    }

    func revision(of topic: TopicID) -> UInt64 { revisions.count(topic) }

    func page(of topic: TopicID, limit: Int, _ revision: UInt64) -> HistoryPage? {
        let entry = entries.withLock { $0[Place(topic: topic, limit: limit)] }
        return entry?.revision == revision ? entry?.page : nil
    }

    func keep(_ page: HistoryPage, of topic: TopicID, limit: Int, _ revision: UInt64) {
        guard page.messages.reduce(0, { $0 + $1.json.count }) <= Self.bytesMaximum else { return }
        let entry = Entry(page: page, revision: revision)
        entries.withLock { $0[Place(topic: topic, limit: limit)] = entry }
    }
}
