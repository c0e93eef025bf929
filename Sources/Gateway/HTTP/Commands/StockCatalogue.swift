import Hub

/// Every action of the native protocol on items and products.
enum StockCatalogue {
    static let all: [CommandShape] = staff + holds + questions + products

    private static let quantity = Parameter.need("quantity", .integer(1...1_000_000_000))
    private static let reservation = Parameter.need("reservationId", .text(3...275))
    private static let ttl = Schema.integer(1...2_592_000, default: 600)
    private static let levels: [Parameter] = [
        .need("onHand", .count), .need("available", .count), .need("version", .count),
    ]
    private static let held: [Parameter] = [
        .need("reservationId", .text(3...275)), .need("quantity", .count),
        .need("expiresAt", .timestamp),
    ]

    private static let staff: [CommandShape] = [
        .change(
            "receive",
            "Pieces have come in (staff).",
            [quantity, .may("reference", .text(0...128), "A delivery note, say.")],
            reply: levels
        ),
        .change(
            "adjust",
            "Corrects the count (staff); what is held can't be written off.",
            [
                .need("delta", .integer(-1_000_000_000...1_000_000_000)),
                .need("reason", .text(1...256)),
            ],
            reply: levels
        ),
        .change(
            "setThreshold",
            "From how many pieces down the stock is low (staff); 0 for never.",
            [.need("lowStock", .integer(0...1_000_000_000))],
            reply: levels
        ),
    ]

    private static let holds: [CommandShape] = [
        .change(
            "reserve",
            "Holds pieces for a time. Who holds some already then holds so many in all.",
            [
                quantity, .may("ttlSeconds", ttl, "At most 3600, but for staff."),
                .may("holder", .userID, "For whom, where staff hold for another."),
            ],
            reply: held + levels
        ),
        .change(
            "extend",
            "Holds the pieces for so long from now on, and never shorter than before.",
            [reservation, .need("ttlSeconds", ttl)],
            reply: held + levels
        ),
        .change(
            "commit",
            "The held pieces are sold. Late, they are if they are still there.",
            [reservation, .may("order", .text(0...128))],
            reply: held + levels
        ),
        .change(
            "release",
            "Gives held pieces back.",
            [reservation, .may("reason", .text(0...256))],
            reply: held + levels
        ),
    ]

    private static let questions: [CommandShape] = [
        .question("stock", "How much of an item there is.", reply: StockSchemas.levelFields),
        .question(
            "holds",
            "Who holds how much: all for staff, for others their own.",
            [
                .may("after", .text(3...275), "The last page's last reservation."),
                .may("limit", .integer(1...1000, default: 100)),
            ],
            reply: [.need("holds", .array(.named("Hold"))), .need("more", .boolean)]
        ),
        .question(
            "moves",
            "What happened to an item, the newest first (staff).",
            [
                .may("after", .integer(1...Int64.max), "The last page's last version."),
                .may("limit", .integer(1...200, default: 50)),
            ],
            reply: [.need("moves", .array(.named("Move"))), .need("more", .boolean)]
        ),
        .search(
            "items",
            "The items that you may watch, by sku.",
            [
                .may("after", .text(1...250), "The last page's `next`."),
                .may("limit", .integer(1...200, default: 50)),
            ],
            reply: [
                .need("items", .array(.named("Stock"))), .need("more", .boolean),
                .may("next", .string),
            ]
        ),
    ]

    private static let products: [CommandShape] = [
        .change(
            "put",
            "Makes a product, or changes it: all of it is as it is said here (staff).",
            [
                .need("title", .text(1...Product.titleBytesMaximum)),
                .may("description", .text(0...Product.descriptionBytesMaximum)),
                .need("price", StockSchemas.money),
                .may("image", .text(0...Product.imageBytesMaximum), "A path, https: or data:."),
                .may("category", .text(0...Product.categoryBytesMaximum)),
                .may("active", .boolean, "Whether it is for sale; without it: yes."),
            ],
            reply: [.need("version", .count)]
        ),
        .question("product", "A product.", reply: StockSchemas.productFields),
        .search(
            "products",
            "The products that are for sale, by sku, and how many are left of each.",
            [
                .may("q", .text(1...256), "Words that each must have, or their beginnings."),
                .may("category", .text(1...Product.categoryBytesMaximum)),
                .may("inactive", .boolean, "Those that are not for sale, too (staff)."),
                .may("after", .text(1...250), "The last page's `next`."),
                .may("limit", .integer(1...200, default: 50)),
            ],
            reply: [
                .need("products", .array(.named("Product"))), .need("more", .boolean),
                .may("next", .string),
            ]
        ),
    ]
}
