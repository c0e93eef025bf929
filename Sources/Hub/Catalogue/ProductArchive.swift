/// The port for questions about many products at once.
package protocol ProductArchive: Sendable {
    /// Products by sku.
    func products(_ query: ProductQuery) async throws(JournalError) -> [ProductSummary]
}
