/// One append, as all nodes of a cluster see it: some records of one topic, in the order that their
/// partition gives to all appends.
package struct Entry: Sendable {
    /// Names it for ever: whoever has made it finds out by that whether it was stored.
    package let id: UInt64
    /// Its number in the partition: dense, from 1.
    package let sequence: UInt64
    package let topic: TopicID
    /// At least one; their offsets are dense.
    package let records: [Record]
    /// The records' events, where this node has made them: they need not be parsed again.
    package let events: [any Event]?

    package init(
        id: UInt64,
        sequence: UInt64,
        topic: TopicID,
        records: [Record],
        events: [any Event]? = nil
    ) {
        self.id = id
        self.sequence = sequence
        self.topic = topic
        self.records = records
        self.events = events
    }

    /// What is left of it with those records; nil with none.
    package func keeping(_ isKept: (Record) -> Bool) -> Entry? {
        let kept = records.filter(isKept)
        return kept.isEmpty ? nil : Entry(id: id, sequence: sequence, topic: topic, records: kept)
    }
}
