/// An item's stock as lists show it.
package struct StockSummary: Hashable, Sendable {
    package let sku: String
    package let onHand: Int64
    package let reserved: Int64
    package let version: Int64
    package let lowStock: Int64
    package let updatedAt: Timestamp

    package init(
        sku: String,
        onHand: Int64,
        reserved: Int64,
        version: Int64,
        lowStock: Int64,
        updatedAt: Timestamp
    ) {
        self.sku = sku
        self.onHand = onHand
        self.reserved = reserved
        self.version = version
        self.lowStock = lowStock
        self.updatedAt = updatedAt
    }

    package var json: JSON {
        [
            "productId": .string(sku), "onHand": .int(onHand), "reserved": .int(reserved),
            "available": .int(onHand - reserved), "version": .int(version),
            "lowStock": .int(lowStock), "updatedAt": .int(updatedAt.milliseconds),
        ]
    }
}
