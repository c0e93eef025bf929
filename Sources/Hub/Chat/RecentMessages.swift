import DequeModule

/// The facts of a room's latest messages, so that most edits, reactions and replies need no fetch.
///
/// Memory only, without contents: what isn't here is fetched from the archive.
struct RecentMessages: Sendable {
    static let maximum = 256

    private var facts: [RecordID: MessageFact] = [:]
    private var order: Deque<RecordID> = []

    subscript(id: RecordID) -> MessageFact? { facts[id] }

    mutating func insert(_ fact: MessageFact) {
        var fact = fact
        fact.message.content = ""
        if facts.updateValue(fact, forKey: fact.message.id) == nil { order.append(fact.message.id) }
    }

    mutating func update(_ id: RecordID, _ change: (inout MessageFact) -> Void) {
        guard let index = facts.index(forKey: id) else { return }
        change(&facts.values[index])
    }

    /// Forgets the oldest ones. Only between turns: a turn relies on what it found at its start.
    mutating func trim() {
        while order.count > Self.maximum, let oldest = order.popFirst() { facts[oldest] = nil }
    }
}
