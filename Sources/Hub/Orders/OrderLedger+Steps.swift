/// The order's way from its payment to its buyer, and back.
extension OrderLedger {
    func beginPayment(
        _ reference: String?,
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        if payment != .unpaid, fulfilment != .cancelled { return same }
        guard status == .awaitingPayment else { throw illegal(.paid) }
        guard !isPaying else { return same }
        guard entries.count < Self.entriesMaximum else {
            throw Rejection(.limitReached, "The order was tried to be paid too often.")
        }
        let event = OrderEvent.paymentBegun(reference: reference, seq: seq + 1)
        return Decision(events: [(request.nextID(), event)], reply: summary)
    }

    func completePayment(_ request: Request) throws(Rejection) -> Decision<OrderEvent> {
        guard isPaying else { return same }
        var change = change(to: .paid, payment: .paid)
        change.reference = reference
        return decision(change, request)
    }

    func fallShort(
        _ missing: [String],
        _ taken: [String],
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        guard isPaying else { return same }
        let event = OrderEvent.fellShort(missing: missing, taken: taken, seq: seq + 1)
        return Decision(events: [(request.nextID(), event)], reply: summary)
    }

    func pack(_ request: Request) throws(Rejection) -> Decision<OrderEvent> {
        if fulfilment == .packed, payment != .refunded { return same }
        guard isPaid, fulfilment == .unfulfilled else { throw illegal(.packed) }
        return decision(change(to: .packed, fulfilment: .packed), request)
    }

    func ship(
        _ shipment: OrderShipment,
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        if fulfilment == .shipped, payment != .refunded { return same }
        guard isPaid, fulfilment == .packed else { throw illegal(.shipped) }
        var change = change(to: .shipped, fulfilment: .shipped)
        change.shipment = shipment
        return decision(change, request)
    }

    func deliver(_ request: Request) throws(Rejection) -> Decision<OrderEvent> {
        if fulfilment == .delivered, payment != .refunded { return same }
        guard isPaid, fulfilment == .shipped else { throw illegal(.delivered) }
        return decision(change(to: .delivered, fulfilment: .delivered), request)
    }

    /// An amount, or that of some of the goods, or all that is left. Never more than was paid.
    func refund(
        _ amount: Int64?,
        _ parts: [OrderRefund.Part]?,
        _ reason: String?,
        _ placement: OrderPlacement,
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        guard payment != .unpaid else { throw illegal(.refunded) }
        let rest = placement.totals.total - refundedTotal
        // Nothing is left: what was wished for is so.
        if rest == 0, payment == .refunded || amount == nil && parts == nil { return same }
        var wish = amount ?? rest
        if let parts { wish = try price(of: parts, placement) }
        guard wish <= rest else {
            throw Rejection(.conflict, "Of the order no more than \(rest) can be refunded.")
        }
        guard wish > 0 else { throw Rejection(.conflict, "Those goods cost nothing.") }
        guard entries.count < Self.entriesMaximum else {
            throw Rejection(.limitReached, "The order has as many refunds as it may.")
        }
        let isAll = wish == rest
        var change = change(
            to: isAll ? .refunded : .partiallyRefunded,
            payment: isAll ? .refunded : .partiallyRefunded
        )
        change.reason = reason
        change.refund = OrderRefund(
            amount: wish,
            parts: parts ?? [],
            refundedTotal: refundedTotal + wish
        )
        return decision(change, request)
    }

    private func price(
        of parts: [OrderRefund.Part],
        _ placement: OrderPlacement
    ) throws(Rejection) -> Int64 {
        var sum: Int64 = 0
        for part in parts {
            guard let line = placement.lines.first(where: { $0.sku == part.sku }) else {
                throw Rejection(.notFound, "The order has no such goods.")
            }
            guard part.quantity <= line.quantity - refunded[part.sku, default: 0] else {
                throw Rejection(.conflict, "So many of those were not bought, or not paid still.")
            }
            // Not more than the order's subtotal, which is within the bounds.
            sum += line.unitPrice * part.quantity
        }
        return sum
    }

    private var isPaid: Bool { payment == .paid || payment == .partiallyRefunded }

    /// What may come next, for a refusal to say.
    private var legal: [OrderStatus] {
        var next: [OrderStatus] = []
        if status == .awaitingPayment { next.append(.paid) }
        if isPaid {
            switch fulfilment {
            case .unfulfilled: next.append(.packed)
            case .packed: next.append(.shipped)
            case .shipped: next.append(.delivered)
            case .delivered, .cancelled: break
            }
        }
        let isHere = fulfilment == .unfulfilled || fulfilment == .packed
        if isHere, payment != .refunded { next.append(.cancelled) }
        if isPaid { next += [.partiallyRefunded, .refunded] }
        return next
    }

    func illegal(_ wish: OrderStatus) -> Rejection {
        let allowed = legal.map(\.rawValue).joined(separator: ", ")
        return Rejection(
            .illegalTransition,
            "An order that is \(status.rawValue) can't become \(wish.rawValue); "
                + (allowed.isEmpty ? "it stays so." : "it can become \(allowed).")
        )
    }

    func change(
        to status: OrderStatus,
        payment: PaymentStatus? = nil,
        fulfilment: FulfilmentStatus? = nil
    ) -> OrderChange {
        var change = OrderChange(
            orderID: orderID,
            status: status,
            previous: self.status,
            payment: payment ?? self.payment,
            fulfilment: fulfilment ?? self.fulfilment,
            seq: seq + 1
        )
        // What is being given back is so until it was.
        change.isSettling = isSettling
        return change
    }

    func decision(_ change: OrderChange, _ request: Request) -> Decision<OrderEvent> {
        Decision(
            events: [(request.nextID(), .changed(change))],
            reply: Self.summary(change),
            elsewhere: notices(.changed(change), placement?.user ?? "", request)
        )
    }

    /// It is so already: a success without a record.
    var same: Decision<OrderEvent> { Decision(reply: summary) }

    /// For who watches all of their orders at once, and for staff.
    func notices(
        _ event: OrderEvent,
        _ user: String,
        _ request: Request
    ) -> [(topic: TopicID, ephemeral: @Sendable () -> Ephemeral)] {
        let (orderID, author, at) = (orderID, request.principal.user, request.at)
        let show: @Sendable () -> Ephemeral = {
            Ephemeral(
                event: event.type,
                author: author,
                at: at,
                payload: event.payload(),
                stateKey: orderID,
                isForSender: true
            )
        }
        let feeds = [try? TopicID(ordersOf: user), .everyOrder]
        return feeds.compactMap { feed in feed.map { ($0, show) } }
    }
}
