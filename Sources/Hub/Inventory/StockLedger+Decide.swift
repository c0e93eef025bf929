/// What an item answers, and what it lets happen.
extension StockLedger {
    package func decide(
        _ command: StockCommand,
        _ request: Request
    ) throws(Rejection) -> Decision<StockEvent> {
        let now = max(request.at, clock)
        switch command {
        case .access: return Decision(reply: ["state": .raw(describe(at: now))])
        case .stock: return Decision(reply: stock(at: now))
        case .holds(let after, let limit):
            return Decision(reply: list(after: after, limit: limit, request.principal, at: now))
        case .receive(let quantity, let reference):
            try admitStaff(request)
            return try change(
                onHandBy: quantity,
                .received(quantity: quantity, reference: reference),
                request,
                now
            )
        case .adjust(let delta, let reason):
            try admitStaff(request)
            return try adjust(by: delta, reason, request, now)
        case .setThreshold(let threshold):
            try admitStaff(request)
            guard threshold != lowStock else { return unchanged(at: now) }
            return record(.thresholdSet(threshold), request, now)
        case .reserve(let quantity, let ttl, let holder):
            return try reserve(quantity, ttl, holder, request, now)
        case .extend(let id, let ttl): return try extend(id, ttl, request, now)
        case .commit(let id, let order): return try commit(id, order, request, now)
        case .release(let id, let reason): return try release(id, reason, request, now)
        case .expire: return expire(request, now)
        }
    }

    private func admitStaff(_ request: Request) throws(Rejection) {
        guard request.principal.grants.manages(topic.text) else {
            throw Rejection(.forbidden, "That is for staff: it needs a grant of manage.")
        }
    }

    private func change(
        onHandBy delta: Int64,
        _ change: StockChange,
        _ request: Request,
        _ now: Timestamp
    ) throws(Rejection) -> Decision<StockEvent> {
        guard onHand + delta <= Self.quantityMaximum else {
            throw Rejection(.limitReached, "An item has at most \(Self.quantityMaximum) pieces.")
        }
        return record(change, request, now, onHandBy: delta)
    }

    /// What is held can't be written off: its holders rely on it.
    private func adjust(
        by delta: Int64,
        _ reason: String,
        _ request: Request,
        _ now: Timestamp
    ) throws(Rejection) -> Decision<StockEvent> {
        let available = level(at: now).available
        guard available + delta >= 0 else { throw insufficient(available) }
        guard delta != 0 else { return unchanged(at: now) }
        return try change(onHandBy: delta, .adjusted(delta: delta, reason: reason), request, now)
    }

    /// A holder's own hold doesn't stand in its way: it is made anew, with the quantity that is
    /// asked for, and it lasts no shorter than before.
    private func reserve(
        _ quantity: Int64,
        _ ttl: Int64,
        _ named: String?,
        _ request: Request,
        _ now: Timestamp
    ) throws(Rejection) -> Decision<StockEvent> {
        let isStaff = request.principal.grants.manages(topic.text)
        guard named == nil || isStaff else {
            throw Rejection(.forbidden, "Only staff hold pieces for others.")
        }
        try check(quantity: quantity, ttl: ttl, isStaff: isStaff)
        let holder = Holder(name: named ?? request.principal.user, isNamed: named != nil)
        let lapse = holds.lapse(at: now)
        let earlier = holds[holder].flatMap { $0.expiresAt > now ? $0 : nil }
        let available = onHand - holds.quantity + lapse.quantity
        guard quantity - (earlier?.quantity ?? 0) <= available else {
            throw insufficient(available + (earlier?.quantity ?? 0))
        }
        guard earlier != nil || Int64(holds.count) - lapse.holds < Int64(Self.holdsMaximum) else {
            throw Rejection(.limitReached, "The item has as many holds as it may.")
        }
        let id = request.nextID()
        var expiry = Timestamp(milliseconds: now.milliseconds + ttl * 1000)
        if let earlier { expiry = max(expiry, earlier.expiresAt) }
        let hold = Hold(
            id: earlier?.id ?? id,
            holder: holder,
            quantity: quantity,
            expiresAt: expiry
        )
        return record(.reserved(hold), request, now, id: id, replacing: earlier)
    }

    private func check(quantity: Int64, ttl: Int64, isStaff: Bool) throws(Rejection) {
        guard !isStaff else { return }
        guard quantity <= Self.userQuantityMaximum else {
            let most = Self.userQuantityMaximum
            throw Rejection(.limitReached, "One may hold at most \(most) pieces at once.")
        }
        guard ttl <= Self.ttlUserMaximum else {
            let most = Self.ttlUserMaximum
            throw Rejection(.badRequest, "data.ttlSeconds: at most \(most), but for staff.")
        }
    }

    private func extend(
        _ id: RecordID,
        _ ttl: Int64,
        _ request: Request,
        _ now: Timestamp
    ) throws(Rejection) -> Decision<StockEvent> {
        guard let hold = holds[id], hold.expiresAt > now,
            hold.isOpen(to: request.principal, in: topic)
        else { throw Self.noHold }
        let isStaff = request.principal.grants.manages(topic.text)
        try check(quantity: 1, ttl: ttl, isStaff: isStaff)
        let expiry = Timestamp(milliseconds: now.milliseconds + ttl * 1000)
        guard expiry > hold.expiresAt else { return unchanged(hold, at: now) }
        let longer = Hold(
            id: id,
            holder: hold.holder,
            quantity: hold.quantity,
            expiresAt: expiry
        )
        return record(.extended(longer), request, now, replacing: hold)
    }

    /// Who has paid gets the pieces also when the hold has expired, as long as they are there.
    private func commit(
        _ id: RecordID,
        _ order: String?,
        _ request: Request,
        _ now: Timestamp
    ) throws(Rejection) -> Decision<StockEvent> {
        if let ended = finished[id], ended.hold.isOpen(to: request.principal, in: topic) {
            guard ended.outcome == .committed else { throw Self.noHold }
            return unchanged(ended.hold, at: now)
        }
        guard let hold = holds[id] ?? lapsed[id]?.hold,
            hold.isOpen(to: request.principal, in: topic)
        else { throw Self.noHold }
        let isLate = hold.expiresAt <= now
        if isLate, level(at: now).available < hold.quantity {
            throw Rejection(.conflict, "The hold has expired, and its pieces are gone.")
        }
        return record(
            .committed(hold, order: order, isLate: isLate),
            request,
            now,
            onHandBy: -hold.quantity,
            replacing: isLate ? nil : hold
        )
    }

    private func release(
        _ id: RecordID,
        _ reason: String?,
        _ request: Request,
        _ now: Timestamp
    ) throws(Rejection) -> Decision<StockEvent> {
        if let hold = holds[id], hold.isOpen(to: request.principal, in: topic),
            hold.expiresAt > now
        {
            return record(.released(hold, reason: reason), request, now, replacing: hold)
        }
        // What has ended without a sale is as free as it was to become.
        let ended = finished[id].flatMap { $0.outcome == .released ? $0.hold : nil }
        guard let hold = ended ?? lapsed[id]?.hold ?? holds[id],
            hold.isOpen(to: request.principal, in: topic)
        else { throw Self.noHold }
        return unchanged(hold, at: now)
    }

    private func expire(_ request: Request, _ now: Timestamp) -> Decision<StockEvent> {
        guard holds.lapse(at: now).holds > 0 else { return unchanged(at: now) }
        return record(.expired, request, now)
    }

    /// - Parameter replacing: The hold that ends or is made anew with it.
    private func record(
        _ change: StockChange,
        _ request: Request,
        _ now: Timestamp,
        id: RecordID? = nil,
        onHandBy delta: Int64 = 0,
        replacing earlier: Hold? = nil
    ) -> Decision<StockEvent> {
        let lapse = holds.lapse(at: now, except: earlier?.id)
        var level = StockLevel(
            onHand: onHand + delta,
            reserved: holds.quantity - lapse.quantity - (earlier?.quantity ?? 0),
            nextExpiry: lapse.next
        )
        switch change {
        case .reserved(let hold), .extended(let hold):
            level.reserved += hold.quantity
            level.nextExpiry = min(level.nextExpiry ?? hold.expiresAt, hold.expiresAt)
        default: break
        }
        let event = StockEvent(sku: sku, change: change, level: level, lapsed: lapse.quantity)
        return Decision(
            events: [(id ?? request.nextID(), event)],
            reply: event.reply(version: version + 1)
        )
    }

    /// The wish is fulfilled already.
    private func unchanged(_ hold: Hold? = nil, at now: Timestamp) -> Decision<StockEvent> {
        let change: StockChange = hold.map { .extended($0) } ?? .expired
        let event = StockEvent(sku: sku, change: change, level: level(at: now), lapsed: 0)
        return Decision(reply: event.reply(version: version))
    }

    private func insufficient(_ available: Int64) -> Rejection {
        Rejection(.insufficientStock, "Not enough in stock: \(available) available.")
    }

    private static let noHold = Rejection(.notFound, "There is no such hold, or it has ended.")
}
