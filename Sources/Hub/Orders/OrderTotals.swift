/// What an order costs, in minor units of one currency: `total = subtotal + shipping + tax -
/// discount`.
package struct OrderTotals: Sendable, Hashable {
    package let currency: Currency
    package let subtotal: Int64
    package let shipping: Int64
    package let tax: Int64
    package let discount: Int64
    package let total: Int64

    /// Nil when a part is negative, or the total is negative or out of bounds.
    package init?(
        _ currency: Currency,
        of lines: [OrderLine],
        shipping: Int64 = 0,
        tax: Int64 = 0,
        discount: Int64 = 0
    ) {
        let amounts = 0...Money.amountMaximum
        guard amounts.contains(shipping), amounts.contains(tax), amounts.contains(discount) else {
            return nil
        }
        var subtotal: Int64 = 0
        // Each term is below 2^53, and so is each sum that goes on.
        for line in lines {
            subtotal += line.total
            guard amounts.contains(subtotal) else { return nil }
        }
        let total = subtotal + shipping + tax - discount
        guard amounts.contains(total) else { return nil }
        self.currency = currency
        self.subtotal = subtotal
        self.shipping = shipping
        self.tax = tax
        self.discount = discount
        self.total = total
    }

    /// Reads what `write` has written, and adds it up again.
    package init?(_ json: JSON, of lines: [OrderLine]) {
        guard let currency = json["currency"]?.string.flatMap({ Currency($0) }),
            let shipping = json["shipping"]?.int, let tax = json["tax"]?.int,
            let discount = json["discount"]?.int
        else { return nil }
        self.init(currency, of: lines, shipping: shipping, tax: tax, discount: discount)
    }

    package func write(to object: inout JSONObjectWriter) {
        object.write("currency", currency.code)
        object.write("subtotal", subtotal)
        object.write("shipping", shipping)
        object.write("tax", tax)
        object.write("discount", discount)
        object.write("total", total)
    }

    /// As money has it in replies.
    package var money: JSON { ["amount": .int(total), "currency": .string(currency.code)] }
}
