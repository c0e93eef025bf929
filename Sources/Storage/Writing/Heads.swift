import Hub
import Synchronization

/// The committed heads of the topics in use: asked by everyone, set by the writer.
final class Heads: Sendable {
    private let recent: Mutex<RecentValues<TopicID, Head>>

    init(limit: Int = 65_536) {
        recent = Mutex(RecentValues(limit: limit))
    }

    func head(of topic: TopicID) -> Head? {
        recent.withLock { $0[topic] }
    }

    func publish(_ heads: [TopicID: Head]) {
        recent.withLock { recent in
            for (topic, head) in heads { recent[topic] = head }
        }
    }

    /// After a failure: what is stored is read again.
    func forget() {
        recent.withLock { $0.removeAll() }
    }
}
