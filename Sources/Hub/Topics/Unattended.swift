import Synchronization

/// What other nodes have stored in topics that this one hasn't loaded, and whose logs whoever has
/// them keeps small: nobody here would forget their records. One per router.
final class Unattended: Sendable {
    struct Growth {
        var records = 0
        var bytes = 0
    }

    /// So much makes it worth while to load the topic, and to keep it smaller for the next time.
    private static let recordsMaximum = 4096
    private static func bytesMaximum(_ kind: TopicKind) -> Int { kind == .doc ? 1 << 20 : 8 << 20 }
    /// Policy: past it all counts begin anew, so that it may take twice as much for a topic.
    private static let topicsMaximum = 10_000

    private let topics = Mutex<[TopicID: Growth]>([:])

    /// Whether the topic has grown enough.
    func note(_ records: [Record], in topic: TopicID) -> Bool {
        guard topic.kind == .doc || topic.kind == .stream else { return false }
        return topics.withLock { topics in
            var growth = topics.removeValue(forKey: topic) ?? Growth()
            growth.records += records.count
            growth.bytes += records.reduce(0) { $0 + $1.payload.count }
            guard growth.records < Self.recordsMaximum,
                growth.bytes < Self.bytesMaximum(topic.kind)
            else { return true }
            if topics.count >= Self.topicsMaximum { topics.removeAll() }
            topics[topic] = growth
            return false
        }
    }
}
