import Hub

/// What happens to items and products. Of an item only staff see the records, in its log; who has
/// joined sees what is shown.
extension EventCatalogue {
    private static let item = Parameter.need("productId", .string)
    private static let available = Parameter.need("available", .count)
    private static let version = Parameter.need("version", .count)
    private static let behind: [Parameter] = [
        .may("expired", .count, "Held by holds that had expired since the record before."),
        .need("onHand", .count, "Behind it."), .need("reserved", .count, "Behind it."),
        .may("nextExpiry", .timestamp),
    ]
    private static let hold: [Parameter] = [
        .need("reservationId", .string), .need("holder", .string), .may("named", .boolean),
        .need("quantity", .count), .need("expiresAt", .timestamp),
    ]

    static let stock: [Shape] = [
        shown(
            "inventory_updated",
            "There is more or less of an item, or its threshold is another.",
            [
                item, .need("quantityReduced", .count, "Of what was available; 0 if it is more."),
                .need("newStock", .count, "In the house, held pieces included."), available,
                .need("reserved", .count), version,
                .need("lowStock", .count, "From there down it is low; 0 for never."),
                .need(
                    "reason",
                    .oneOf(
                        "received",
                        "adjusted",
                        "reserved",
                        "extended",
                        "sold",
                        "released",
                        "expired",
                        "threshold"
                    ),
                    "The last of several."
                ), .need("at", .timestamp),
            ]
        ),
        shown(
            "low_stock",
            "What is available has fallen to the threshold, or that was raised to it.",
            [item, available, .need("threshold", .count), version]
        ),
        shown("back_in_stock", "There is some again.", [item, available, version]),
        shown("out_of_stock", "There is none left.", [item, available, version]),
        stored(
            "stock_received",
            "Pieces have come in.",
            [.need("quantity", .count), .may("reference", .string)] + behind
        ),
        stored(
            "stock_adjusted",
            "The count was corrected.",
            [.need("delta", .integer(-1_000_000_000...1_000_000_000)), .need("reason", .string)]
                + behind
        ),
        stored("stock_reserved", "Pieces are held.", hold + behind),
        stored("reservation_extended", "Pieces are held for longer.", hold + behind),
        stored(
            "reservation_committed",
            "Held pieces are sold.",
            hold + [.may("order", .string), .may("late", .boolean)] + behind
        ),
        stored(
            "reservation_released",
            "Held pieces were given back.",
            hold + [.may("reason", .string)] + behind
        ),
        stored("reservation_expired", "Holds have expired.", behind),
        stored(
            "threshold_set",
            "Stock is low from there on.",
            [.need("lowStock", .count)] + behind
        ),
        Shape(
            name: "product_updated",
            summary: "A product is another one.",
            data: .named("Product"),
            isStored: false
        ),
    ]
}
