/// A product as lists show it, with what is left of it.
package struct ProductSummary: Hashable, Sendable {
    package let sku: String
    package let product: Product
    package let version: Int64
    package let updatedAt: Timestamp
    /// Pieces that can be bought, as far as is stored.
    package let available: Int64
    /// That of the stock; zero when there never was any.
    package let stockVersion: Int64

    package init(
        sku: String,
        product: Product,
        version: Int64,
        updatedAt: Timestamp,
        available: Int64,
        stockVersion: Int64
    ) {
        self.sku = sku
        self.product = product
        self.version = version
        self.updatedAt = updatedAt
        self.available = available
        self.stockVersion = stockVersion
    }

    package var json: JSON {
        [
            "productId": .string(sku), "title": .string(product.title),
            "description": .string(product.description), "price": product.price.json,
            "image": .string(product.image), "category": .string(product.category),
            "active": .bool(product.isActive), "version": .int(version),
            "updatedAt": .int(updatedAt.milliseconds),
            "stock": ["available": .int(available), "version": .int(stockVersion)],
        ]
    }
}
