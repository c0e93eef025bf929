/// Which products are asked for.
package struct ProductQuery: Hashable, Sendable {
    /// Words that the title, the description, the category or the sku must have.
    package var words: String?
    package var category: String?
    package var includesInactive: Bool
    /// The sku that the last page ended with.
    package var after: String?
    package var limit: Int

    package init(
        words: String? = nil,
        category: String? = nil,
        includesInactive: Bool = false,
        after: String? = nil,
        limit: Int
    ) {
        self.words = words
        self.category = category
        self.includesInactive = includesInactive
        self.after = after
        self.limit = limit
    }
}
