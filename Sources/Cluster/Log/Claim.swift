import Hub

/// A node's word on how much of a lost log its copy has.
package struct Claim: Sendable, Hashable {
    package let node: String
    /// Nil for a node that knows nothing of the partition.
    package let bookmark: Bookmark?

    package init(node: String, bookmark: Bookmark?) {
        self.node = node
        self.bookmark = bookmark
    }
}
