/// What an order allows, to whom, and when.
extension OrderLedger {
    package func decide(
        _ command: OrderCommand,
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        if case .place(let placement) = command { return try place(placement, request) }
        guard let placement else { throw Self.noOrder }
        let isStaff = request.principal.grants.manages(topic.text)
        // Whose order it is, is nobody's business: for others there is none.
        guard isStaff || request.principal.user == placement.user else { throw Self.noOrder }
        switch command {
        case .access: return Decision(reply: ["status": .string(status.rawValue)])
        case .order: return Decision(reply: view(of: placement))
        case .summary: return same
        case .progress: return Decision(reply: progress(of: placement))
        case .place: return Decision()
        case .confirm(let holds, let expiresAt):
            return try confirm(holds, expiresAt: expiresAt, request)
        case .fail(let reason, let skus, let holds):
            return try fail(reason, skus, holds, request)
        case .abandon(let reason): return try abandon(reason, request, isStaff: isStaff)
        case .expire: return try expire(request)
        case .settle: return settle(request)
        case .beginPayment, .completePayment, .fallShort, .pack, .ship, .deliver, .refund:
            guard isStaff else {
                throw Rejection(.forbidden, "That is for who manages the order.")
            }
            return try decideAsStaff(command, placement, request)
        }
    }

    private func decideAsStaff(
        _ command: OrderCommand,
        _ placement: OrderPlacement,
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        switch command {
        case .beginPayment(let reference): try beginPayment(reference, request)
        case .completePayment: try completePayment(request)
        case .fallShort(let missing, let taken): try fallShort(missing, taken, request)
        case .pack: try pack(request)
        case .ship(let shipment): try ship(shipment, request)
        case .deliver: try deliver(request)
        case .refund(let amount, let parts, let reason):
            try refund(amount, parts, reason, placement, request)
        default: preconditionFailure("The others are decided before.")
        }
    }

    static let noOrder = Rejection(
        .notFound,
        "There is no such order, or it is not yours to see."
    )

    /// Of one generation of a cart one order, whoever asks for it how often.
    private func place(
        _ wish: OrderPlacement,
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        guard wish.orderID == orderID else {
            throw Rejection(.internal, "An order is named after its cart.")
        }
        guard let placement else {
            return Decision(
                events: [(request.nextID(), .placed(wish))],
                reply: ["placed": true],
                elsewhere: notices(.placed(wish), wish.user, request)
            )
        }
        guard placement.user == wish.user else { throw Self.noOrder }
        return Decision(reply: ["placed": false])
    }

    private func confirm(
        _ holds: [OrderHold],
        expiresAt: Timestamp,
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        guard status == .pending else { return same }
        var change = change(to: .awaitingPayment)
        change.holds = holds
        change.expiresAt = expiresAt
        return decision(change, request)
    }

    private func fail(
        _ reason: String,
        _ skus: [String],
        _ holds: [OrderHold],
        _ request: Request
    ) throws(Rejection) -> Decision<OrderEvent> {
        guard status == .pending else { return same }
        var change = change(to: .cancelled, fulfilment: .cancelled)
        change.reason = reason
        change.skus = skus
        change.holds = holds
        change.isSettling = true
        return decision(change, request)
    }

    /// The owner while it is unpaid; staff until the goods have left.
    private func abandon(
        _ reason: String?,
        _ request: Request,
        isStaff: Bool
    ) throws(Rejection) -> Decision<OrderEvent> {
        if fulfilment == .cancelled { return same }
        guard !isPaying, status != .pending else { throw Self.underWay }
        guard fulfilment == .unfulfilled || fulfilment == .packed, payment != .refunded else {
            throw illegal(.cancelled)
        }
        guard isStaff || payment == .unpaid else {
            throw Rejection(.forbidden, "A paid order is cancelled by who manages it.")
        }
        var change = change(to: .cancelled, fulfilment: .cancelled)
        change.reason = reason
        change.isSettling = true
        return decision(change, request)
    }

    private func expire(_ request: Request) throws(Rejection) -> Decision<OrderEvent> {
        guard status == .awaitingPayment, !isPaying, let expiresAt, expiresAt <= request.at else {
            return same
        }
        var change = change(to: .cancelled, fulfilment: .cancelled)
        change.reason = "expired"
        change.isSettling = true
        return decision(change, request)
    }

    private func settle(_ request: Request) -> Decision<OrderEvent> {
        guard isSettling else { return same }
        return Decision(events: [(request.nextID(), .settled(seq: seq + 1))], reply: summary)
    }

    /// The hub is amid a step that ends one way or the other.
    static let underWay = Rejection(
        .busy,
        "Something else is being done with the order; try again.",
        retryAfter: .milliseconds(250)
    )
}
