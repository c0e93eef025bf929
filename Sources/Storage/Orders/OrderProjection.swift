import Hub

/// The table of orders: what lists show of them, and which are due.
final class OrderProjection: Projection {
    private let insert: PreparedStatement
    private let change: PreparedStatement
    private let find: PreparedStatement
    private let empty: PreparedStatement
    /// The orders that the transaction has touched, by their topics' rows.
    private var touched: [Int64: OrderSummary] = [:]
    /// Those of them that are yet to be inserted.
    private var placed: Set<Int64> = []

    init(_ connection: Connection) throws(SQLiteFailure) {
        insert = try connection.statement(
            """
            INSERT INTO orders VALUES
            (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            """
        )
        change = try connection.statement(
            """
            UPDATE orders SET status = ?2, payment = ?3, fulfilment = ?4, refunded = ?5,
                updated_at = ?6, expires_at = ?7, due_at = ?8, seq = ?9
            WHERE topic = ?1
            """
        )
        find = try connection.statement("\(OrderRow.query) WHERE topic = ?1")
        empty = try connection.statement("DELETE FROM orders")
    }

    func apply(
        _ record: Record,
        _ event: (any Event)?,
        in topic: TopicID,
        row: Int64
    ) throws(SQLiteFailure) {
        guard topic.kind == .order,
            let event = event as? OrderEvent
                ?? OrderEvent(type: record.type, payload: record.payload)
        else { return }
        if case .placed(let placement) = event {
            touched[row] = OrderSummary(placement, id: record.id, at: record.at)
            placed.insert(row)
            return
        }
        if touched[row] == nil {
            find.bind(row, at: 1)
            touched[row] = try find.first(OrderRow.read)?.flatMap(\.self)
        }
        touched[row]?.apply(event, at: record.at)
    }

    func flush() throws(SQLiteFailure) {
        for (row, order) in touched {
            if placed.contains(row) {
                insert.bind(OrderRow.values(of: order, row))
                try insert.execute()
            } else {
                change.bind([
                    .int(row), .text(order.status.rawValue), .text(order.payment.rawValue),
                    .text(order.fulfilment.rawValue), .int(order.refundedTotal),
                    .int(order.updatedAt.milliseconds), .int(order.expiresAt?.milliseconds),
                    .int(order.dueAt?.milliseconds), .int(order.seq),
                ])
                try change.execute()
            }
        }
        reset()
    }

    func reset() {
        touched.removeAll(keepingCapacity: true)
        placed.removeAll(keepingCapacity: true)
    }

    func clear() throws(SQLiteFailure) {
        try empty.execute()
    }
}
