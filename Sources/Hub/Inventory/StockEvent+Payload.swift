/// How an item's events are written and read back.
extension StockEvent {
    package func payload() -> [UInt8] {
        var data = JSONObjectWriter(reserving: 256)
        switch change {
        case .received(let quantity, let reference):
            data.write("quantity", quantity)
            if let reference { data.write("reference", reference) }
        case .adjusted(let delta, let reason):
            data.write("delta", delta)
            data.write("reason", reason)
        case .reserved(let hold), .extended(let hold): write(hold, into: &data)
        case .committed(let hold, let order, let isLate):
            write(hold, into: &data)
            if let order { data.write("order", order) }
            if isLate { data.write("late", true) }
        case .released(let hold, let reason):
            write(hold, into: &data)
            if let reason { data.write("reason", reason) }
        case .expired: break
        case .thresholdSet(let threshold): data.write("lowStock", threshold)
        }
        if lapsed > 0 { data.write("expired", lapsed) }
        data.write("onHand", level.onHand)
        data.write("reserved", level.reserved)
        if let next = level.nextExpiry { data.write("nextExpiry", next) }
        return data.finish()
    }

    private func write(_ hold: Hold, into data: inout JSONObjectWriter) {
        data.write("reservationId") { HoldName.write(hold.id, sku, into: &$0) }
        data.write("holder", hold.holder.name)
        if hold.holder.isNamed { data.write("named", true) }
        data.write("quantity", hold.quantity)
        data.write("expiresAt", hold.expiresAt)
    }

    package init?(type: String, payload: [UInt8]) {
        guard let data = try? JSONParser.parse(payload),
            let change = Self.change(type, data),
            let onHand = data["onHand"]?.int, StockLedger.quantities.contains(onHand),
            let reserved = data["reserved"]?.int, (0...onHand).contains(reserved),
            let next = data.optional("nextExpiry", \.timestamp),
            let lapsed = data.optional("expired", \.int)
        else { return nil }
        let name = data["reservationId"]?.string.flatMap { HoldName($0) }
        self.init(
            sku: name.map { String($0.item.name) } ?? "",
            change: change,
            level: StockLevel(onHand: onHand, reserved: reserved, nextExpiry: next),
            lapsed: max(0, lapsed ?? 0)
        )
    }

    private static func change(_ type: String, _ data: JSON) -> StockChange? {
        switch type {
        case "stock_received":
            guard let quantity = quantity(data["quantity"]) else { return nil }
            return .received(quantity: quantity, reference: data["reference"]?.string)
        case "stock_adjusted":
            guard let delta = data["delta"]?.int, let reason = data["reason"]?.string,
                StockLedger.quantities.contains(Int64(clamping: delta.magnitude))
            else { return nil }
            return .adjusted(delta: delta, reason: reason)
        case "stock_reserved": return hold(data).map { .reserved($0) }
        case "reservation_extended": return hold(data).map { .extended($0) }
        case "reservation_committed":
            let isLate = data["late"]?.bool ?? false
            return hold(data).map {
                .committed($0, order: data["order"]?.string, isLate: isLate)
            }
        case "reservation_released":
            return hold(data).map { .released($0, reason: data["reason"]?.string) }
        case "reservation_expired": return .expired
        case "threshold_set": return quantity(data["lowStock"]).map { .thresholdSet($0) }
        default: return nil
        }
    }

    private static func hold(_ data: JSON) -> Hold? {
        guard let id = data["reservationId"]?.string.flatMap({ HoldName.id(in: $0) }),
            let holder = data["holder"]?.string, let quantity = quantity(data["quantity"]),
            let expiresAt = data["expiresAt"]?.timestamp
        else { return nil }
        let isNamed = data["named"]?.bool ?? false
        return Hold(
            id: id,
            holder: Holder(name: holder, isNamed: isNamed),
            quantity: quantity,
            expiresAt: expiresAt
        )
    }

    private static func quantity(_ value: JSON?) -> Int64? {
        guard let quantity = value?.int, StockLedger.quantities.contains(quantity) else {
            return nil
        }
        return quantity
    }
}
