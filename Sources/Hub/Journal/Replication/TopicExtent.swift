/// How much of a topic a node's copy has.
package struct TopicExtent: Sendable, Hashable {
    package let topic: TopicID
    package let head: Offset
    /// Up to there a snapshot stands for the records.
    package let trimmed: Offset
    /// Up to which offset positions of former epochs are good.
    package let former: [Epoch: Offset]

    package init(topic: TopicID, head: Offset, trimmed: Offset, former: [Epoch: Offset]) {
        self.topic = topic
        self.head = head
        self.trimmed = trimmed
        self.former = former
    }
}
