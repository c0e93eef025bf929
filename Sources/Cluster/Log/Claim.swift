import Hub

/// A node's word on how much of a lost log its copy has.
package struct Claim: Sendable, Hashable {
    package let node: String
    /// Nil for a node that knows nothing of the partition.
    package let bookmark: Bookmark?
    /// What the claimant restores the log with if it is elected, chosen anew for each question: of
    /// several restorations only the one that was asked for last may go on. A number that the log
    /// counts would come again when the log loses its tail.
    package let token: UInt64

    package init(node: String, bookmark: Bookmark?, token: UInt64) {
        self.node = node
        self.bookmark = bookmark
        self.token = token
    }
}
