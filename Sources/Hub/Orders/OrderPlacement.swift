/// All that an order is from its first record on: who bought what for how much.
package struct OrderPlacement: Sendable, Hashable {
    package static let linesMaximum = 100
    package static let addressBytesMaximum = 4096

    package let orderID: String
    package let user: String
    /// The generation of the cart that it was made of: of one, one order.
    package let cartID: RecordID
    /// The idempotency key of the checkout, for the record that ends it in the cart.
    package let cartKey: String?
    package let lines: [OrderLine]
    package let totals: OrderTotals
    /// A JSON object as the client gave it.
    package let address: [UInt8]?

    package init(
        user: String,
        cartID: RecordID,
        cartKey: String?,
        lines: [OrderLine],
        totals: OrderTotals,
        address: [UInt8]?
    ) {
        orderID = Self.orderID(of: cartID)
        self.user = user
        self.cartID = cartID
        self.cartKey = cartKey
        self.lines = lines
        self.totals = totals
        self.address = address
    }

    package init?(_ json: JSON) {
        guard let user = json["user"]?.string, let cartID = json["cartId"]?.recordID,
            let cartKey = json.optional("cartKey", { $0.string }),
            let items = json["lines"]?.array, (1...Self.linesMaximum).contains(items.count)
        else { return nil }
        let lines = items.compactMap { OrderLine($0) }
        guard lines.count == items.count, Set(lines.map(\.sku)).count == lines.count,
            let totals = OrderTotals(json, of: lines)
        else { return nil }
        let address = json["address"]?.isNull == false ? json["address"]?.encoded() : nil
        guard address.map({ $0.count <= Self.addressBytesMaximum }) ?? true else { return nil }
        self.init(
            user: user,
            cartID: cartID,
            cartKey: cartKey,
            lines: lines,
            totals: totals,
            address: address
        )
    }

    package static func orderID(of cartID: RecordID) -> String { "o-\(cartID)" }

    package func write(to object: inout JSONObjectWriter) {
        object.write("orderId", orderID)
        object.write("user", user)
        object.write("cartId", cartID)
        if let cartKey { object.write("cartKey", cartKey) }
        object.write("lines") { OrderLine.encode(lines, into: &$0) }
        totals.write(to: &object)
        if let address { object.write("address", .raw(address)) }
    }

    /// The `data` of the command `place`.
    package var json: JSON {
        var json: JSON = [
            "user": .string(user), "cartId": .string(cartID.description),
            "cartKey": cartKey.map { .string($0) } ?? .null,
            "lines": .array(
                lines.map {
                    [
                        "sku": .string($0.sku), "title": .string($0.title),
                        "quantity": .int($0.quantity), "unitPrice": .int($0.unitPrice),
                    ]
                }
            ),
            "currency": .string(totals.currency.code), "shipping": .int(totals.shipping),
            "tax": .int(totals.tax), "discount": .int(totals.discount),
        ]
        if let address { json.append("address", .raw(address)) }
        return json
    }
}
