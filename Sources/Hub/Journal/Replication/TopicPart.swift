/// A piece of a topic on its way from one node's copy to another's.
package struct TopicPart: Sendable {
    package let topic: TopicID
    /// What the copy has behind that goes first.
    package var kept: Offset
    /// Stands for all records before those that follow, which were forgotten.
    package let snapshot: Snapshot?
    /// What stays of the forgotten ones that have keys.
    package let forgotten: [Record]
    package var records: [Record]

    package init(
        topic: TopicID,
        kept: Offset,
        snapshot: Snapshot? = nil,
        forgotten: [Record] = [],
        records: [Record] = []
    ) {
        self.topic = topic
        self.kept = kept
        self.snapshot = snapshot
        self.forgotten = forgotten
        self.records = records
    }
}
