/// How commands for items are read.
extension StockCommand {
    package init(_ action: String, _ command: JSON) throws(Rejection) {
        switch action {
        case "access": self = .access
        case "stock": self = .stock
        case "expire": self = .expire
        case "holds": self = try Self.holds(Fields(command))
        default: self = try Self.change(action, Fields(dataOf: command))
        }
    }

    private static func change(_ action: String, _ data: Fields) throws(Rejection) -> StockCommand {
        let quantities = 1...StockLedger.quantityMaximum
        switch action {
        case "receive":
            return .receive(
                quantity: try data.int("quantity", in: quantities),
                reference: try data.optionalText("reference", bytesMaximum: 128)
            )
        case "adjust":
            let most = StockLedger.quantityMaximum
            let delta = try data.int("delta", in: -most...most)
            guard let reason = try data.optionalText("reason", bytesMaximum: 256), !reason.isEmpty
            else { throw data.refusal("reason", "is missing") }
            return .adjust(delta: delta, reason: reason)
        case "setThreshold":
            return .setThreshold(try data.int("lowStock", in: 0...StockLedger.quantityMaximum))
        case "reserve":
            let isTimed = data.has("ttlSeconds")
            return .reserve(
                quantity: try data.int("quantity", in: quantities),
                ttl: isTimed ? try ttl(data) : StockLedger.ttlUsual,
                holder: try data.optionalUser("holder")
            )
        case "extend": return .extend(try hold(data), ttl: try ttl(data))
        case "commit":
            return .commit(
                try hold(data),
                order: try data.optionalText("order", bytesMaximum: 128)
            )
        case "release":
            return .release(
                try hold(data),
                reason: try data.optionalText("reason", bytesMaximum: 256)
            )
        default: throw Rejection(.unknownAction, "An item has no such action.")
        }
    }

    private static func holds(_ fields: Fields) throws(Rejection) -> StockCommand {
        var after: RecordID?
        if let text = try fields.optionalString("after") {
            guard let id = HoldName.id(in: text) else {
                throw fields.refusal("after", "must be the id of a reservation")
            }
            after = id
        }
        return .holds(after: after, limit: try fields.limit(default: 100, maximum: 1000))
    }

    private static func ttl(_ data: Fields) throws(Rejection) -> Int64 {
        try data.int("ttlSeconds", in: 1...StockLedger.ttlMaximum)
    }

    private static func hold(_ data: Fields) throws(Rejection) -> RecordID {
        guard let id = HoldName.id(in: try data.string("reservationId")) else {
            throw data.refusal("reservationId", "must be the id of a reservation")
        }
        return id
    }
}
