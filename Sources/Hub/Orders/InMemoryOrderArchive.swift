/// Orders read out of an in-memory journal: for tests.
package final class InMemoryOrderArchive: OrderArchive {
    private let journal: InMemoryJournal?

    package init(journal: InMemoryJournal? = nil) {
        self.journal = journal
    }

    package func orders(_ query: OrderQuery) async throws(JournalError) -> [OrderSummary] {
        let found = try await all().filter { order in
            (query.user.map { $0 == order.user } ?? true)
                && (query.status.map { $0 == order.status } ?? true)
                && (query.before.map { order.id < $0 } ?? true)
        }
        return Array(found.sorted { $0.id > $1.id }.prefix(query.limit))
    }

    package func dueOrders(
        at time: Timestamp,
        limit: Int
    ) async throws(JournalError) -> [String] {
        let due = try await all().compactMap { order in
            order.dueAt.flatMap { $0 <= time ? (at: $0, order: order.orderID) : nil }
        }
        return due.sorted { ($0.at, $0.order) < ($1.at, $1.order) }.prefix(limit).map(\.order)
    }

    private func all() async throws(JournalError) -> [OrderSummary] {
        guard let journal else { return [] }
        var found: [OrderSummary] = []
        for topic in journal.topics where topic.kind == .order {
            var summary: OrderSummary?
            for record in try await journal.read(topic, after: 0, limit: .max) {
                guard let event = OrderEvent(type: record.type, payload: record.payload) else {
                    continue
                }
                if case .placed(let placement) = event {
                    summary = OrderSummary(placement, id: record.id, at: record.at)
                } else {
                    summary?.apply(event, at: record.at)
                }
            }
            if let summary { found.append(summary) }
        }
        return found
    }
}
