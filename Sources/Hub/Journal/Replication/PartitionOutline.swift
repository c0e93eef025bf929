/// What a node's copy of a partition has: enough to see what another copy lacks.
package struct PartitionOutline: Sendable, Hashable {
    package let bookmark: Bookmark
    /// Of the topics that have records.
    package let topics: [TopicExtent]

    package init(bookmark: Bookmark, topics: [TopicExtent]) {
        self.bookmark = bookmark
        self.topics = topics
    }
}
