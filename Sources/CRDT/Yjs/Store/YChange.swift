/// What applying an update did.
package struct YChange: Sendable, Hashable {
    /// Whether the document is another one now.
    package var isChanged = false
    /// The names of the roots in which something changed.
    package var roots: [String] = []
    /// If structs wait for others: the state from which on those are missing.
    package var missing: YStateVector?

    package init() {}
}
