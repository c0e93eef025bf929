/// What an order answers with.
extension OrderLedger {
    /// Where it stands, in short.
    var summary: JSON {
        Self.summary(
            orderID,
            status,
            payment,
            fulfilment,
            seq: seq,
            placement
        )
    }

    static func summary(_ change: OrderChange) -> JSON {
        [
            "orderId": .string(change.orderID), "status": .string(change.status.rawValue),
            "previousStatus": .string(change.previous.rawValue),
            "paymentStatus": .string(change.payment.rawValue),
            "fulfilmentStatus": .string(change.fulfilment.rawValue), "seq": .int(change.seq),
        ]
    }

    private static func summary(
        _ orderID: String,
        _ status: OrderStatus,
        _ payment: PaymentStatus,
        _ fulfilment: FulfilmentStatus,
        seq: Int64,
        _ placement: OrderPlacement?
    ) -> JSON {
        [
            "orderId": .string(orderID), "status": .string(status.rawValue),
            "paymentStatus": .string(payment.rawValue),
            "fulfilmentStatus": .string(fulfilment.rawValue), "seq": .int(seq),
        ]
    }

    /// All that its owner and staff may know.
    func view(of placement: OrderPlacement) -> JSON {
        var view = summary
        view.append("user", .string(placement.user))
        view.append("placedAt", .int(entries.first?.at.milliseconds ?? 0))
        view.append("updatedAt", .int(entries.last?.at.milliseconds ?? 0))
        if let expiresAt { view.append("expiresAt", .int(expiresAt.milliseconds)) }
        var lines: [UInt8] = []
        OrderLine.encode(placement.lines, into: &lines)
        view.append("lines", .raw(lines))
        let totals = placement.totals
        view.append("currency", .string(totals.currency.code))
        view.append("subtotal", .int(totals.subtotal))
        view.append("shipping", .int(totals.shipping))
        view.append("tax", .int(totals.tax))
        view.append("discount", .int(totals.discount))
        view.append("total", totals.money)
        view.append("refundedTotal", .int(refundedTotal))
        if let address = placement.address { view.append("address", .raw(address)) }
        if !missing.isEmpty { view.append("shortfall", .array(missing.map { .string($0) })) }
        view.append("trackingNumber", (shipment?.trackingNumber).map { .string($0) } ?? .null)
        view.append("carrier", (shipment?.carrier).map { .string($0) } ?? .null)
        let estimate = shipment?.estimatedDelivery?.milliseconds
        view.append("estimatedDelivery", estimate.map { .int($0) } ?? .null)
        let timeline = entries.enumerated().map { $1.line(seq: Int64($0) + 1) }
        view.append("timeline", .array(timeline))
        return view
    }

    /// What it has come to, for `Checkout`.
    func progress(of placement: OrderPlacement) -> JSON {
        OrderProgress(
            placement: placement,
            status: status,
            payment: payment,
            expiresAt: expiresAt,
            holds: holds,
            taken: taken,
            missing: missing,
            isPaying: isPaying,
            isSettling: isSettling,
            seq: seq
        ).json
    }

    package static let causes: [String: Set<String>] = [
        "beginPayment": [OrderEvent.paymentBegunType],
        "pack": [OrderEvent.changedType],
        "ship": [OrderEvent.changedType],
        "deliver": [OrderEvent.changedType],
        "abandon": [OrderEvent.changedType],
        "refund": [OrderEvent.changedType],
    ]

    /// One type of record comes of many actions: its status says of which.
    package static func canCause(_ action: String, _ record: Record) -> Bool {
        guard canCause(action, record.type) else { return false }
        guard
            case .changed(let change)? = OrderEvent(type: record.type, payload: record.payload)
        else { return true }
        return switch action {
        case "pack": change.status == .packed
        case "ship": change.status == .shipped
        case "deliver": change.status == .delivered
        case "abandon": change.status == .cancelled
        default: change.refund != nil
        }
    }

    package static func reply(repeating record: Record) -> JSON {
        guard
            case .changed(let change)? = OrderEvent(type: record.type, payload: record.payload)
        else { return .object([]) }
        return summary(change)
    }
}
