import Hub

/// What a restored log begins with.
package struct Restoration: Sendable {
    /// That of the claim which was elected: the holder of an older one is too late.
    package let token: UInt64
    /// Where the log stands then, in its new epoch.
    package let bookmark: Bookmark
    /// The heads of all topics of the partition.
    package let heads: [TopicID: Offset]
    /// The entries up to the bookmark that the one who restores it still has, in order: for nodes
    /// that lack them.
    package let tail: [Entry]
    /// The id of the entry before those; 0 where the first of them is the first of all.
    package let before: UInt64

    package init(
        token: UInt64,
        bookmark: Bookmark,
        heads: [TopicID: Offset],
        tail: [Entry],
        before: UInt64
    ) {
        self.token = token
        self.bookmark = bookmark
        self.heads = heads
        self.tail = tail
        self.before = before
    }
}
