/// What is sold under a sku, as the catalogue shows it.
package struct Product: Hashable, Sendable {
    package static let titleBytesMaximum = 200
    package static let descriptionBytesMaximum = 4000
    package static let imageBytesMaximum = 2000
    package static let categoryBytesMaximum = 64

    package var title: String
    package var description: String
    package var price: Money
    /// Its picture: the name of a drawing of the shop's page, a path of this hub, or an address.
    package var image: String
    package var category: String
    /// Whether it is for sale.
    package var isActive: Bool

    package init(
        title: String,
        description: String = "",
        price: Money,
        image: String = "",
        category: String = "",
        isActive: Bool = true
    ) {
        self.title = title
        self.description = description
        self.price = price
        self.image = image
        self.category = category
        self.isActive = isActive
    }
}

extension Product {
    /// The fields that `init(json:)` reads.
    package func write(into data: inout JSONObjectWriter) {
        data.write("title", title)
        data.write("description", description)
        data.write("price") { [price] in
            var money = JSONObjectWriter(reserving: 48)
            money.write("amount", price.amount)
            money.write("currency", price.currency.code)
            $0.append(contentsOf: money.finish())
        }
        data.write("image", image)
        data.write("category", category)
        data.write("active", isActive)
    }

    /// Nil when it is not what `write` writes.
    package init?(json: JSON) {
        guard let title = json["title"]?.string, let description = json["description"]?.string,
            let price = json["price"].flatMap({ Money(json: $0) }),
            let image = json["image"]?.string, let category = json["category"]?.string,
            let isActive = json["active"]?.bool
        else { return nil }
        self.init(
            title: title,
            description: description,
            price: price,
            image: image,
            category: category,
            isActive: isActive
        )
    }
}
