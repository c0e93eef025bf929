import Hub

/// What happens to carts and orders.
extension EventCatalogue {
    private static let lines = Parameter.need("lines", .array(.named("CartLine")))
    private static let cart = Parameter.need("cartId", .messageID)

    static let orders: [Shape] = [
        Shape(
            name: "order_placed",
            summary: "An order was placed; its goods are being set aside.",
            data: .object(OrderSchemas.placedFields),
            isStored: true
        ),
        Shape(
            name: "order_status_changed",
            summary: "An order went on; in `orders:<user>` it is shown and not stored.",
            data: .object(OrderSchemas.changedFields),
            isStored: true
        ),
        stored(
            "order_payment_begun",
            "A payment was made; the goods are being taken for it.",
            [.may("reference", .string), .need("seq", .count)]
        ),
        stored(
            "order_shortfall",
            "Of some goods there were none left when they were paid.",
            [
                .need("missing", .array(.string)), .need("taken", .array(.string)),
                .need("seq", .count),
            ]
        ),
        stored("order_settled", "All goods were given back.", [.need("seq", .count)]),
        shown(
            "cart_updated",
            "What is in your cart now.",
            [.need("cartId", Schema.messageID.orNull), lines, .need("version", .count)]
        ),
        stored(
            "cart_line_set",
            "So many of a product are in the cart.",
            [.need("sku", .string), .need("quantity", .count)]
        ),
        stored("cart_replaced", "The cart has these lines and no others.", [lines]),
        stored(
            "cart_checked_out",
            "An order was made of the cart, or could not be and the cart stays.",
            [cart, .need("orderId", .string), .need("bought", .boolean), lines]
        ),
        stored(
            "cart_merge_offered",
            "Who has the token may take the lines over.",
            [.need("mergeToken", .string)]
        ),
        stored(
            "cart_merged",
            "Lines of another cart came in: so many there are now.",
            [.need("from", .userID), cart, lines]
        ),
        stored(
            "cart_surrendered",
            "Lines went to another cart.",
            [.need("to", .userID), .need("mergeToken", .string), lines]
        ),
    ]
}
