/// What happens to a product.
package enum ProductEvent: Event, Hashable {
    /// All of it, as it is now.
    case updated(sku: String, Product)

    package static let updateType = "product_updated"

    package var type: String { Self.updateType }

    package var product: Product {
        switch self {
        case .updated(_, let product): product
        }
    }

    package func payload() -> [UInt8] {
        switch self {
        case .updated(let sku, let product):
            var data = JSONObjectWriter(reserving: 256 + product.description.utf8.count)
            data.write("productId", sku)
            product.write(into: &data)
            return data.finish()
        }
    }

    package init?(type: String, payload: [UInt8]) {
        guard type == Self.updateType, let data = try? JSONParser.parse(payload),
            let sku = data["productId"]?.string, let product = Product(json: data)
        else { return nil }
        self = .updated(sku: sku, product)
    }
}
