import Hub
import Synchronization

/// Counts the commits that touched each topic, so that what was read before one can be told from
/// what was read after it.
///
/// The writer counts after a commit and before anyone is told of it. A reader who takes the count
/// first, then reads, and later finds the count unchanged, has read nothing that is outdated.
final class Revisions: Sendable {
    /// Topics share counters by hash: a false change costs a reading, a missed one can't be.
    private static let slots = 4096
    private let counts: Mutex<[UInt64]> = Mutex(Array(repeating: 0, count: slots))

    func advance(_ topics: some Sequence<TopicID>) {
        counts.withLock { counts in
            for topic in topics { counts[Self.slot(topic)] &+= 1 }
        }
    }

    func advanceAll() {
        counts.withLock { counts in
            for slot in counts.indices { counts[slot] &+= 1 }
        }
    }

    func count(_ topic: TopicID) -> UInt64 {
        counts.withLock { $0[Self.slot(topic)] }
    }

    private static func slot(_ topic: TopicID) -> Int {
        Int(UInt(bitPattern: topic.hashValue) % UInt(slots))
    }
}
