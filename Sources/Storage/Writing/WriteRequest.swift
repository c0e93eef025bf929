import Hub

/// Something for the writer's thread to do, and whom to tell.
enum WriteRequest: Sendable {
    typealias Answer<Value: Sendable> = CheckedContinuation<Result<Value, JournalError>, Never>

    struct Append: Sendable {
        let drafts: [Draft]
        let topic: TopicID
        let expecting: Offset?
        let bytes: Int
        let arrival: ContinuousClock.Instant
        let answer: Answer<[Record]>
    }

    case append(Append)
    /// Makes the topic known, and with it its epoch.
    case head(TopicID, Answer<Position>)
    case save(Snapshot, TopicID, Answer<Void>)
    /// Anything else, outside of a transaction: answers for itself.
    case work(@Sendable (Connection) -> Void)

    /// Drafts that it holds, at least one: what the queue's bound counts.
    var weight: Int {
        if case .append(let append) = self { max(1, append.drafts.count) } else { 1 }
    }

    var bytes: Int {
        switch self {
        case .append(let append): append.bytes
        case .save(let snapshot, _, _): snapshot.state.count
        case .head, .work: 0
        }
    }
}
