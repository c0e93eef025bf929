/// How many of a product are in a cart.
package struct CartLine: Sendable, Hashable {
    package static let quantityMaximum: Int64 = 999

    package let sku: String
    package let quantity: Int64

    package init(sku: String, quantity: Int64) {
        self.sku = sku
        self.quantity = quantity
    }

    /// True for what the topic of an item or product can be named.
    package static func isSKU(_ text: String) -> Bool {
        (1...bytesMaximum).contains(text.utf8.count) && text.utf8.allSatisfy(TopicID.isAllowed)
    }

    package static let bytesMaximum = 128

    var json: JSON { ["sku": .string(sku), "quantity": .int(quantity)] }

    static func encode(_ lines: [CartLine], into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (index, line) in lines.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            var object = JSONObjectWriter(reserving: 48)
            object.write("sku", line.sku)
            object.write("quantity", line.quantity)
            bytes += object.finish()
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Nil unless it is a list of different SKUs with quantities, as long as a cart may be.
    static func list(_ json: JSON?) -> [CartLine]? {
        guard let items = json?.array, items.count <= CartLedger.linesMaximum else { return nil }
        var lines: [CartLine] = []
        for item in items {
            guard let sku = item["sku"]?.string, isSKU(sku), let quantity = item["quantity"]?.int,
                (1...quantityMaximum).contains(quantity)
            else { return nil }
            lines.append(CartLine(sku: sku, quantity: quantity))
        }
        return Set(lines.map(\.sku)).count == lines.count ? lines : nil
    }
}
