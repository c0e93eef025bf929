/// One line of an order: what was bought, at the price of that moment.
package struct OrderLine: Sendable, Hashable {
    package static let quantities: ClosedRange<Int64> = 1...99_900

    package let sku: String
    package let title: String
    package let quantity: Int64
    /// In minor units of the order's currency.
    package let unitPrice: Int64
    package let total: Int64

    /// Nil when the price times the quantity is out of bounds.
    package init?(sku: String, title: String, quantity: Int64, unitPrice: Int64) {
        let (total, overflows) = unitPrice.multipliedReportingOverflow(by: quantity)
        guard !overflows, Self.quantities.contains(quantity),
            (0...Money.amountMaximum).contains(total)
        else { return nil }
        self.sku = sku
        self.title = title
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.total = total
    }

    package init?(_ json: JSON) {
        guard let sku = json["sku"]?.string, let title = json["title"]?.string,
            let quantity = json["quantity"]?.int, let unitPrice = json["unitPrice"]?.int
        else { return nil }
        self.init(sku: sku, title: title, quantity: quantity, unitPrice: unitPrice)
    }

    static func encode(_ lines: [OrderLine], into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (index, line) in lines.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            var object = JSONObjectWriter(reserving: 96 + line.title.utf8.count)
            object.write("sku", line.sku)
            object.write("title", line.title)
            object.write("quantity", line.quantity)
            object.write("unitPrice", line.unitPrice)
            object.write("total", line.total)
            bytes += object.finish()
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
