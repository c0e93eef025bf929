import Hub

/// Fills the shop through the one door that clients use: products first, then their stock.
///
/// Every command has a key: played again, it changes nothing.
struct ShopSeeding: Sendable {
    private let performer: any Performer

    init(_ performer: any Performer) {
        self.performer = performer
    }

    /// The skus that there are now of the seed.
    func play() async throws(Rejection) -> [String] {
        for article in ShopSeed.articles {
            let product: JSON = [
                "title": .string(article.title), "description": .string(article.description),
                "category": .string(article.category), "image": .string(article.image),
                "price": ["amount": .int(article.cents), "currency": "EUR"],
            ]
            try await ask("put", try TopicID(.product, article.sku), product)
            let item = try TopicID(.item, article.sku)
            try await ask("setThreshold", item, ["lowStock": .int(ShopSeed.lowStock)])
            guard article.pieces > 0 else { continue }
            let delivery: JSON = ["quantity": .int(article.pieces), "reference": "first delivery"]
            try await ask("receive", item, delivery)
        }
        return ShopSeed.articles.map(\.sku)
    }

    private func ask(_ action: String, _ topic: TopicID, _ data: JSON) async throws(Rejection) {
        let ask = Ask(
            action: action,
            topic: topic,
            fields: ["data": data],
            key: "seed-\(action)",
            principal: Principal(user: "shop", isGuest: false, grants: .staff)
        )
        _ = try await performer.perform(ask)
    }
}
