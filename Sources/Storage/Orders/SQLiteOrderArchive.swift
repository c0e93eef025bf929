import Hub

/// Lists of orders in SQLite.
package final class SQLiteOrderArchive: OrderArchive {
    private let readers: Readers

    init(readers: Readers) {
        self.readers = readers
    }

    package func orders(_ query: OrderQuery) async throws(JournalError) -> [OrderSummary] {
        // Each combination has an index that ends with the id, so a page is read, not sorted.
        var conditions = ["id < ?1"]
        if query.user != nil { conditions.append("user = ?3") }
        if query.status != nil { conditions.append("status = ?4") }
        let text = """
            \(OrderRow.query) WHERE \(conditions.joined(separator: " AND "))
            ORDER BY id DESC LIMIT ?2
            """
        return try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(text)
            var values: [SQLValue] = [
                .int(query.before?.number ?? .max), .int(Int64(query.limit)),
            ]
            if query.user != nil || query.status != nil { values.append(.text(query.user)) }
            if let status = query.status { values.append(.text(status.rawValue)) }
            rows.bind(values)
            return try rows.all(OrderRow.read).compactMap(\.self)
        }
    }

    package func dueOrders(
        at time: Timestamp,
        limit: Int
    ) async throws(JournalError) -> [String] {
        try await readers.ask { connection throws(SQLiteFailure) in
            let rows = try connection.statement(
                "SELECT name FROM orders WHERE due_at <= ?1 ORDER BY due_at, name LIMIT ?2"
            )
            rows.bind([.int(time.milliseconds), .int(Int64(limit))])
            return try rows.all { $0.text(0) }
        }
    }
}
