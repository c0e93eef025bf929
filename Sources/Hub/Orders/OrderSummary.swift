/// What lists show of an order, and when it is next to be looked after.
package struct OrderSummary: Sendable, Hashable {
    /// That of its first record: later orders have larger ones.
    package let id: RecordID
    package let orderID: String
    package let user: String
    package var status: OrderStatus
    package var payment: PaymentStatus
    package var fulfilment: FulfilmentStatus
    package let currency: String
    package let total: Int64
    package var refundedTotal: Int64
    /// How many pieces.
    package let items: Int64
    package let placedAt: Timestamp
    package var updatedAt: Timestamp
    /// Until when it may be paid.
    package var expiresAt: Timestamp?
    /// When someone should look whether it goes on by itself; nil when it rests.
    package var dueAt: Timestamp?
    package var seq: Int64

    /// How long a step may take before someone else takes it up.
    package static let patience: Int64 = 10_000

    package init(
        id: RecordID,
        orderID: String,
        user: String,
        status: OrderStatus,
        payment: PaymentStatus,
        fulfilment: FulfilmentStatus,
        currency: String,
        total: Int64,
        refundedTotal: Int64,
        items: Int64,
        placedAt: Timestamp,
        updatedAt: Timestamp,
        expiresAt: Timestamp?,
        dueAt: Timestamp?,
        seq: Int64
    ) {
        self.id = id
        self.orderID = orderID
        self.user = user
        self.status = status
        self.payment = payment
        self.fulfilment = fulfilment
        self.currency = currency
        self.total = total
        self.refundedTotal = refundedTotal
        self.items = items
        self.placedAt = placedAt
        self.updatedAt = updatedAt
        self.expiresAt = expiresAt
        self.dueAt = dueAt
        self.seq = seq
    }

    /// An order that was just placed.
    package init(_ placement: OrderPlacement, id: RecordID, at: Timestamp) {
        self.init(
            id: id,
            orderID: placement.orderID,
            user: placement.user,
            status: .pending,
            payment: .unpaid,
            fulfilment: .unfulfilled,
            currency: placement.totals.currency.code,
            total: placement.totals.total,
            refundedTotal: 0,
            items: placement.lines.reduce(0) { $0 + $1.quantity },
            placedAt: at,
            updatedAt: at,
            expiresAt: nil,
            dueAt: Self.patient(at),
            seq: 1
        )
    }

    /// Takes in what happened next.
    package mutating func apply(_ event: OrderEvent, at: Timestamp) {
        updatedAt = at
        switch event {
        case .placed: return
        case .changed(let change):
            status = change.status
            payment = change.payment
            fulfilment = change.fulfilment
            seq = change.seq
            expiresAt = change.expiresAt ?? expiresAt
            refundedTotal = change.refund?.refundedTotal ?? refundedTotal
            dueAt = change.isSettling ? Self.patient(at) : nil
            if status == .awaitingPayment { dueAt = expiresAt }
        case .paymentBegun(_, let seq):
            self.seq = seq
            dueAt = Self.patient(at)
        case .fellShort(_, _, let seq):
            self.seq = seq
            dueAt = expiresAt
        case .settled(let seq):
            self.seq = seq
            dueAt = nil
        }
    }

    private static func patient(_ at: Timestamp) -> Timestamp {
        Timestamp(milliseconds: at.milliseconds + patience)
    }

    package var json: JSON {
        [
            "orderId": .string(orderID), "user": .string(user), "status": .string(status.rawValue),
            "paymentStatus": .string(payment.rawValue),
            "fulfilmentStatus": .string(fulfilment.rawValue),
            "total": ["amount": .int(total), "currency": .string(currency)],
            "refundedTotal": .int(refundedTotal), "items": .int(items),
            "placedAt": .int(placedAt.milliseconds), "updatedAt": .int(updatedAt.milliseconds),
            "expiresAt": expiresAt.map { .int($0.milliseconds) } ?? .null, "seq": .int(seq),
        ]
    }
}
