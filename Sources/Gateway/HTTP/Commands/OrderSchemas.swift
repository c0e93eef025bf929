import Hub

/// The things that replies and events about carts and orders are made of.
enum OrderSchemas {
    static let all: [(name: String, schema: Schema)] = [
        ("CartLine", cartLine), ("OrderLine", orderLine), ("OrderSummary", .object(summary)),
    ]

    static let status = Schema.words(OrderStatus.allCases.map(\.rawValue))
    private static let payment = Schema.words(PaymentStatus.allCases.map(\.rawValue))
    private static let fulfilment = Schema.words(FulfilmentStatus.allCases.map(\.rawValue))

    static let money: Schema = .object([
        .need("amount", .count, "In minor units."), .need("currency", .text(3...3)),
    ])

    private static let cartLine: Schema = .object([
        .need("sku", .text(1...128)), .need("quantity", .count), .may("title", .string),
        .may("price", money), .may("available", .count),
        .may("problem", .oneOf("not_found", "not_for_sale")),
    ])

    private static let orderLine: Schema = .object([
        .need("sku", .string), .need("title", .string), .need("quantity", .count),
        .need("unitPrice", .count), .need("total", .count),
    ])

    private static let axes: [Parameter] = [
        .need("orderId", .string), .need("status", status), .need("paymentStatus", payment),
        .need("fulfilmentStatus", fulfilment), .need("seq", .count, "Counts its changes."),
    ]

    /// Where an order stands: what each change answers.
    static let standing: [Parameter] = axes + [.may("previousStatus", status)]

    private static let times: [Parameter] = [
        .need("placedAt", .timestamp), .need("updatedAt", .timestamp),
        .may("expiresAt", Schema.timestamp.orNull, "Until when it can be paid."),
    ]

    private static let summary: [Parameter] =
        axes + times + [
            .need("user", .userID), .need("total", money), .need("refundedTotal", .count),
            .need("items", .count),
        ]

    static let orderFields: [Parameter] =
        axes + times + [
            .need("user", .userID), .need("lines", .array(.named("OrderLine"))),
            .need("currency", .text(3...3)), .need("subtotal", .count),
            .need("shipping", .count), .need("tax", .count), .need("discount", .count),
            .need("total", money), .need("refundedTotal", .count),
            .may("address", .map(.anything)),
            .may("shortfall", .array(.string), "What was gone when it was paid."),
            .need("trackingNumber", Schema.string.orNull), .need("carrier", Schema.string.orNull),
            .need("estimatedDelivery", Schema.timestamp.orNull),
            .need("timeline", .array(.map(.anything)), "What happened, by whom, and why."),
        ]

    static let placedFields: [Parameter] = [
        .need("orderId", .string), .need("user", .userID), .need("cartId", .messageID),
        .need("status", status), .need("seq", .count),
        .need("lines", .array(.named("OrderLine"))), .need("currency", .text(3...3)),
        .need("subtotal", .count), .need("shipping", .count), .need("tax", .count),
        .need("discount", .count), .need("total", .count), .may("address", .map(.anything)),
    ]

    static let changedFields: [Parameter] =
        axes + [
            .need("previousStatus", status), .need("trackingNumber", Schema.string.orNull),
            .need("estimatedDelivery", Schema.timestamp.orNull), .may("carrier", .string),
            .may("reason", .string), .may("skus", .array(.string)),
            .may("expiresAt", .timestamp), .may("reference", .string),
            .may("refund", .map(.anything)),
        ]
}
