/// The port for questions about many orders. Who may ask is settled before.
package protocol OrderArchive: Sendable {
    /// Newest first.
    func orders(_ query: OrderQuery) async throws(JournalError) -> [OrderSummary]

    /// Ids of orders that should be looked after, those first that have waited longest.
    func dueOrders(at time: Timestamp, limit: Int) async throws(JournalError) -> [String]
}
