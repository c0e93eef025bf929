import Hub

/// Every action of the native protocol on carts and orders.
enum OrderCatalogue {
    static let all: [CommandShape] = carts + orders

    private static let sku = Parameter.need("sku", .text(1...128))
    private static let version = Parameter.may("version", .count, "Counts the cart's changes.")
    private static let reason = Parameter.may("reason", .text(0...256))
    private static let amount = Schema.integer(0...Money.amountMaximum)

    private static let carts: [CommandShape] = [
        .question(
            "cart",
            "Your cart: its lines at the prices of now, and what is left of each.",
            reply: [
                .need("cartId", Schema.messageID.orNull, "Name it at the checkout."),
                .need("lines", .array(.named("CartLine"))),
                .need("subtotal", .anything, "Money; a list where there are several currencies."),
                .need("version", .count),
            ]
        ),
        .change(
            "setLine",
            "So many of a product, in the place of what there was; none removes the line.",
            [sku, .need("quantity", .integer(0...999))],
            reply: [version]
        ),
        .change("removeLine", "Takes a line out of the cart.", [sku], reply: [version]),
        .change(
            "setLines",
            "All lines of the cart anew.",
            [.need("lines", .array(.named("CartLine"), most: 100))],
            reply: [version]
        ),
        .change("clearCart", "Empties the cart.", reply: [version]),
        .change(
            "offerMerge",
            "A token with which another user can take this cart's lines over.",
            reply: [version, .need("mergeToken", .string)]
        ),
        .change(
            "mergeCart",
            "Takes the lines of another cart over: what a guest had put in before the login.",
            [.need("from", .userID), .need("mergeToken", .text(1...128))],
            reply: [version, .may("dropped", .array(.named("CartLine")), "No room for these.")]
        ),
        .change(
            "checkout",
            "Makes an order of the cart and sets its goods aside, all or none.",
            [
                .may("cartId", .messageID, "The cart that you have seen."),
                .may("expectedTotal", amount, "What you have seen, in minor units."),
                .may("shipping", amount, "Staff only."), .may("tax", amount, "Staff only."),
                .may("discount", amount, "Staff only."), .may("address", .map(.anything)),
            ],
            reply: [
                .need("orderId", .string), .need("status", OrderSchemas.status),
                .need("total", OrderSchemas.money),
                .need("expiresAt", Schema.timestamp.orNull, "Until when it can be paid."),
                .need("seq", .count),
            ]
        ),
    ]

    private static let orders: [CommandShape] = [
        .search(
            "orders",
            "Orders, newest first: yours, or for staff those of a user or of all (`*`).",
            [
                .may("user", .text(1...128)), .may("status", OrderSchemas.status),
                .may("before", .messageID, "The last page's `next`."),
                .may("limit", .integer(1...200, default: 50)),
            ],
            reply: [
                .need("orders", .array(.named("OrderSummary"))), .need("more", .boolean),
                .may("next", .messageID),
            ]
        ),
        .question(
            "order",
            "An order with its lines, totals and history.",
            reply: OrderSchemas.orderFields
        ),
        .change(
            "pay",
            "The payment was made (staff): sells what is set aside.",
            [.may("reference", .text(0...256), "What the payment is called where it was made.")],
            reply: OrderSchemas.standing
        ),
        .change("pack", "The goods are packed (staff).", reply: OrderSchemas.standing),
        .change(
            "ship",
            "The goods are under way (staff).",
            [
                .need("trackingNumber", .text(1...256)), .may("carrier", .text(0...256)),
                .may("estimatedDelivery", .timestamp),
            ],
            reply: OrderSchemas.standing
        ),
        .change("deliver", "The goods have arrived (staff).", reply: OrderSchemas.standing),
        .change(
            "cancel",
            "Cancels it: its owner while it is unpaid, staff until the goods have left.",
            [reason],
            reply: OrderSchemas.standing
        ),
        .change(
            "refund",
            "Gives money back (staff): an amount, or what some lines cost, or all that is left.",
            [
                .may("amount", .integer(1...Money.amountMaximum), "In minor units."),
                .may("lines", .array(.named("CartLine"), most: 100)), reason,
            ],
            reply: OrderSchemas.standing
        ),
    ]
}
