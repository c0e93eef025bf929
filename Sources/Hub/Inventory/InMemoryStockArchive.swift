/// Lists of items made from an in-memory journal: for tests.
package final class InMemoryStockArchive: StockArchive {
    private let journal: InMemoryJournal?

    package init(journal: InMemoryJournal? = nil) {
        self.journal = journal
    }

    package func items(
        after: String?,
        limit: Int
    ) async throws(JournalError) -> [StockSummary] {
        var found: [StockSummary] = []
        for topic in topics where found.count < limit && topic.name > (after ?? "")[...] {
            let records = try await records(of: topic)
            guard let last = records.last, let level = Self.event(last)?.level else { continue }
            let thresholds = records.compactMap { record -> Int64? in
                guard case .thresholdSet(let threshold)? = Self.event(record)?.change else {
                    return nil
                }
                return threshold
            }
            found.append(
                StockSummary(
                    sku: String(topic.name),
                    onHand: level.onHand,
                    reserved: level.reserved,
                    version: Int64(clamping: last.offset),
                    lowStock: thresholds.last ?? 0,
                    updatedAt: last.at
                )
            )
        }
        return found
    }

    package func dueItems(
        at time: Timestamp,
        limit: Int
    ) async throws(JournalError) -> [TopicID] {
        var due: [(at: Timestamp, topic: TopicID)] = []
        for topic in topics {
            guard let last = try await records(of: topic).last,
                let next = Self.event(last)?.level.nextExpiry, next <= time
            else { continue }
            due.append((next, topic))
        }
        return due.sorted { ($0.at, $0.topic.text) < ($1.at, $1.topic.text) }.prefix(limit)
            .map(\.topic)
    }

    private var topics: [TopicID] {
        (journal?.topics ?? []).filter { $0.kind == .item }.sorted { $0.name < $1.name }
    }

    private func records(of topic: TopicID) async throws(JournalError) -> [Record] {
        try await journal?.read(topic, after: 0, limit: .max) ?? []
    }

    private static func event(_ record: Record) -> StockEvent? {
        StockEvent(type: record.type, payload: record.payload)
    }
}
