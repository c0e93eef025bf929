import Hub

/// An append that a node asks for.
package struct Proposal: Sendable {
    package let node: String
    package let partition: Partition
    /// How far the node has archived the partition: it knows all keys until there.
    package let bookmark: Bookmark
    /// Names the entry that it would be.
    package let id: UInt64
    package let topic: TopicID
    package let expecting: Offset?
    package let drafts: [Draft]
    /// They were in the log before it was lost: each is told by its id from what is there already.
    package let isReturn: Bool

    package init(
        node: String,
        partition: Partition,
        bookmark: Bookmark,
        id: UInt64,
        topic: TopicID,
        expecting: Offset?,
        drafts: [Draft],
        isReturn: Bool = false
    ) {
        self.node = node
        self.partition = partition
        self.bookmark = bookmark
        self.id = id
        self.topic = topic
        self.expecting = expecting
        self.drafts = drafts
        self.isReturn = isReturn
    }
}
