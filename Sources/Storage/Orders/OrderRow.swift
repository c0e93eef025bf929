import Hub

/// A row of the table of orders.
enum OrderRow {
    static let query = """
        SELECT id, name, user, status, payment, fulfilment, currency, total, refunded, items,
            placed_at, updated_at, expires_at, due_at, seq
        FROM orders
        """

    static func values(of order: OrderSummary, _ row: Int64) -> [SQLValue] {
        [
            .int(order.id.number), .int(row), .text(order.orderID), .text(order.user),
            .text(order.status.rawValue), .text(order.payment.rawValue),
            .text(order.fulfilment.rawValue), .text(order.currency), .int(order.total),
            .int(order.refundedTotal), .int(order.items), .int(order.placedAt.milliseconds),
            .int(order.updatedAt.milliseconds), .int(order.expiresAt?.milliseconds),
            .int(order.dueAt?.milliseconds), .int(order.seq),
        ]
    }

    /// Nil when the file was written by someone else.
    static func read(_ row: PreparedStatement) -> OrderSummary? {
        guard let status = OrderStatus(rawValue: row.text(3)),
            let payment = PaymentStatus(rawValue: row.text(4)),
            let fulfilment = FulfilmentStatus(rawValue: row.text(5))
        else { return nil }
        return OrderSummary(
            id: RecordID(row.int(0)),
            orderID: row.text(1),
            user: row.text(2),
            status: status,
            payment: payment,
            fulfilment: fulfilment,
            currency: row.text(6),
            total: row.int(7),
            refundedTotal: row.int(8),
            items: row.int(9),
            placedAt: Timestamp(milliseconds: row.int(10)),
            updatedAt: Timestamp(milliseconds: row.int(11)),
            expiresAt: row.intIfAny(12).map { Timestamp(milliseconds: $0) },
            dueAt: row.intIfAny(13).map { Timestamp(milliseconds: $0) },
            seq: row.int(14)
        )
    }
}
