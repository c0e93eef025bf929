/// The port for questions about many items at once. It knows what is stored: a hold that has
/// expired counts until that is recorded.
package protocol StockArchive: Sendable {
    /// Items by sku, from after that one on.
    func items(after: String?, limit: Int) async throws(JournalError) -> [StockSummary]

    /// Items with holds that have expired by then, those that wait longest first.
    func dueItems(at time: Timestamp, limit: Int) async throws(JournalError) -> [TopicID]
}
