/// A piece of a topic on its way from one node's copy to another's.
package struct TopicPart: Sendable {
    package let topic: TopicID
    /// What the copy has behind that goes first.
    package var kept: Offset
    /// Stands for all records before those that follow, which were forgotten.
    package let snapshot: Snapshot?
    /// What stays of the forgotten ones that have keys.
    package let forgotten: [Record]
    /// Those that it stands for too, without their states: they can't be made of it.
    package let versions: [DocumentVersion]
    package var records: [Record]

    package init(
        topic: TopicID,
        kept: Offset,
        snapshot: Snapshot? = nil,
        forgotten: [Record] = [],
        versions: [DocumentVersion] = [],
        records: [Record] = []
    ) {
        self.topic = topic
        self.kept = kept
        self.snapshot = snapshot
        self.forgotten = forgotten
        self.versions = versions
        self.records = records
    }
}
