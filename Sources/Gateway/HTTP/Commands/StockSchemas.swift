import Hub

/// What replies and events about items and products are made of.
enum StockSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("Stock", .object(levelFields + [.may("updatedAt", .timestamp)])), ("Hold", hold),
        ("Move", move), ("Product", product),
    ]

    static let money: Schema = .object([
        .need("amount", .integer(0...Money.amountMaximum), "Minor units: cents, or whole yen."),
        .need("currency", .text(3...3), "ISO 4217."),
    ])

    static let levelFields: [Parameter] = [
        .need("productId", .string), .need("onHand", .count), .need("reserved", .count),
        .need("available", .count), .need("version", .count), .need("lowStock", .count),
    ]

    static let productFields: [Parameter] = [
        .need("productId", .string), .need("title", .string), .need("description", .string),
        .need("price", money), .need("image", .string), .need("category", .string),
        .need("active", .boolean), .need("version", .count),
    ]

    private static let hold: Schema = .object([
        .need("reservationId", .string), .need("holder", .string),
        .need("named", .boolean, "Staff hold it for someone."), .need("quantity", .count),
        .need("expiresAt", .timestamp),
    ])

    private static let move: Schema = .object([
        .need("version", .count), .need("event", .string), .need("at", .timestamp),
        .need("by", .string), .need("data", .map(.anything)),
    ])

    private static let product: Schema = .object(
        productFields + [
            .may("updatedAt", .timestamp),
            .may("stock", .object([.need("available", .count), .need("version", .count)])),
        ]
    )
}
