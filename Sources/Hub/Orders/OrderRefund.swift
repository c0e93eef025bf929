/// Money given back for an order.
package struct OrderRefund: Sendable, Hashable {
    /// How many of a line were refunded.
    package struct Part: Sendable, Hashable {
        package let sku: String
        package let quantity: Int64
    }

    /// In minor units of the order's currency; more than nothing.
    package let amount: Int64
    /// What it is for; empty when only an amount was given.
    package let parts: [Part]
    /// All that was refunded with this one.
    package let refundedTotal: Int64

    func write(to object: inout JSONObjectWriter) {
        let lines: [JSON] = parts.map {
            ["sku": .string($0.sku), "quantity": .int($0.quantity)]
        }
        object.write(
            "refund",
            [
                "amount": .int(amount), "lines": .array(lines),
                "refundedTotal": .int(refundedTotal),
            ]
        )
    }

    init(amount: Int64, parts: [Part], refundedTotal: Int64) {
        self.amount = amount
        self.parts = parts
        self.refundedTotal = refundedTotal
    }

    init?(_ json: JSON) {
        guard let amount = json["amount"]?.int, amount > 0,
            let refundedTotal = json["refundedTotal"]?.int,
            (amount...Money.amountMaximum).contains(refundedTotal),
            let parts = Self.parts(json["lines"])
        else { return nil }
        self.init(amount: amount, parts: parts, refundedTotal: refundedTotal)
    }

    /// Different SKUs with quantities; nil when it is anything else.
    static func parts(_ json: JSON?) -> [Part]? {
        guard let items = json?.array, items.count <= OrderPlacement.linesMaximum else {
            return nil
        }
        let parts = items.compactMap { item -> Part? in
            guard let sku = item["sku"]?.string, let quantity = item["quantity"]?.int,
                OrderLine.quantities.contains(quantity)
            else { return nil }
            return Part(sku: sku, quantity: quantity)
        }
        guard parts.count == items.count, Set(parts.map(\.sku)).count == parts.count else {
            return nil
        }
        return parts
    }
}
