/// What can be asked of a product.
package enum ProductCommand: Sendable, Hashable {
    case put(Product)
    case product
    /// May the principal watch? The reply has what there is to see.
    case access

    package init(_ action: String, _ command: JSON) throws(Rejection) {
        switch action {
        case "access": self = .access
        case "product": self = .product
        case "put": self = .put(try Self.product(Fields(dataOf: command)))
        default: throw Rejection(.unknownAction, "A product has no such action.")
        }
    }

    private static func product(_ data: Fields) throws(Rejection) -> Product {
        let title = try data.optionalText("title", bytesMaximum: Product.titleBytesMaximum)
        guard let title, !title.isEmpty else { throw data.refusal("title", "is missing") }
        let description = try data.optionalText(
            "description",
            bytesMaximum: Product.descriptionBytesMaximum,
            hasLines: true
        )
        let image = try data.optionalText("image", bytesMaximum: Product.imageBytesMaximum) ?? ""
        guard isImage(image) else {
            throw data.refusal("image", "must be a drawing's name, a path, or begin with https:")
        }
        let category = try data.optionalText(
            "category",
            bytesMaximum: Product.categoryBytesMaximum
        )
        return Product(
            title: title,
            description: description ?? "",
            price: try data.money("price"),
            image: image,
            category: category ?? "",
            isActive: try data.optionalBool("active") ?? true
        )
    }

    /// Nothing that a browser would run when it is clicked or shown.
    private static func isImage(_ text: String) -> Bool {
        text.utf8.allSatisfy((UInt8(ascii: "a")...UInt8(ascii: "z")).contains)
            || text.hasPrefix("https://") || text.hasPrefix("data:image/")
            || (text.hasPrefix("/") && !text.hasPrefix("//"))
    }
}
