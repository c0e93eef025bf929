/// What an item shows: to who asks, and to who watches.
extension StockLedger {
    func stock(at now: Timestamp) -> JSON {
        let level = level(at: now)
        return [
            "productId": .string(sku), "onHand": .int(level.onHand),
            "reserved": .int(level.reserved), "available": .int(level.available),
            "version": .int(version), "lowStock": .int(lowStock),
        ]
    }

    /// The same, as it is sent.
    func describe(at now: Timestamp) -> [UInt8] {
        let level = level(at: now)
        var data = JSONObjectWriter(reserving: 160)
        data.write("productId", sku)
        data.write("onHand", level.onHand)
        data.write("reserved", level.reserved)
        data.write("available", level.available)
        data.write("version", version)
        data.write("lowStock", lowStock)
        return data.finish()
    }

    /// A page of holds by id: staff are shown all, others their own.
    func list(
        after: RecordID?,
        limit: Int,
        _ principal: Principal,
        at now: Timestamp
    ) -> JSON {
        let own = holds[Holder(name: principal.user, isNamed: false)]
        let isStaff = principal.grants.manages(topic.text)
        let visible = isStaff ? Array(holds.all) : own.map { [$0] } ?? []
        let page = visible.filter { $0.expiresAt > now && $0.id > after ?? RecordID(0) }
            .sorted { $0.id < $1.id }.prefix(limit + 1)
        return [
            "holds": .array(page.prefix(limit).map(describe)),
            "more": .bool(page.count > limit),
        ]
    }

    private func describe(_ hold: Hold) -> JSON {
        [
            "reservationId": .string(HoldName.text(hold.id, sku)),
            "holder": .string(hold.holder.name),
            "named": .bool(hold.holder.isNamed), "quantity": .int(hold.quantity),
            "expiresAt": .int(hold.expiresAt.milliseconds),
        ]
    }

    /// One for all that a turn did, and one for each edge that it crossed.
    package mutating func takeNews(at: Timestamp) -> [Ephemeral] {
        let (before, after) = (shown, level)
        let (reason, lowBefore) = (newsReason, shownLowStock)
        settle()
        let isChanged =
            before.onHand != after.onHand || before.reserved != after.reserved
            || lowBefore != lowStock
        guard let reason, isChanged else { return [] }
        var news = [update(from: before, to: after, reason, at)]
        let (earlier, available) = (before.available, after.available)
        if earlier > lowBefore, available <= lowStock, lowStock > 0 {
            news.append(edge("low_stock", available, at, hasThreshold: true))
        }
        if earlier <= 0, available > 0 { news.append(edge("back_in_stock", available, at)) }
        if earlier > 0, available <= 0 { news.append(edge("out_of_stock", available, at)) }
        return news
    }

    private func update(
        from before: StockLevel,
        to after: StockLevel,
        _ reason: String,
        _ at: Timestamp
    ) -> Ephemeral {
        var data = JSONObjectWriter(reserving: 224)
        data.write("productId", sku)
        data.write("quantityReduced", max(0, before.available - after.available))
        data.write("newStock", after.onHand)
        data.write("available", after.available)
        data.write("reserved", after.reserved)
        data.write("version", version)
        data.write("lowStock", lowStock)
        data.write("reason", reason)
        data.write("at", at)
        return Ephemeral(
            event: "inventory_updated",
            author: "",
            at: at,
            payload: data.finish(),
            stateKey: "stock",
            isForSender: true
        )
    }

    private func edge(
        _ event: String,
        _ available: Int64,
        _ at: Timestamp,
        hasThreshold: Bool = false
    ) -> Ephemeral {
        var data = JSONObjectWriter(reserving: 128)
        data.write("productId", sku)
        data.write("available", available)
        if hasThreshold { data.write("threshold", lowStock) }
        data.write("version", version)
        return Ephemeral(
            event: event,
            author: "",
            at: at,
            payload: data.finish(),
            isForSender: true
        )
    }
}
