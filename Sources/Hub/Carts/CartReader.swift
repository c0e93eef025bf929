/// Answers what concerns a cart and more than that: what it costs, and another's lines in it.
struct CartReader: Sendable {
    /// Asks topics, all at once; answers in the order of the asks.
    typealias Perform = @Sendable (_ asks: [Ask]) async -> [Result<JSON, Rejection>]

    let perform: Perform

    static func answers(_ action: String, on topic: TopicID?) -> Bool {
        topic?.kind == .cart
            && (action == "cart" || action == "offerMerge" || action == "mergeCart")
    }

    func answer(_ ask: Ask) async throws(Rejection) -> JSON {
        guard let cart = ask.topic else {
            throw Rejection(.badRequest, "That action needs the topic of a cart.")
        }
        return switch ask.action {
        case "cart": try await contents(of: cart, ask)
        case "offerMerge": try await offer(cart, ask)
        case "mergeCart": try await merge(into: cart, ask)
        default: throw Rejection(.unknownAction, "There is no such action.")
        }
    }

    /// The lines with what their products are called, cost and have left at the moment.
    private func contents(of cart: TopicID, _ ask: Ask) async throws(Rejection) -> JSON {
        let contents = try await one("contents", cart, as: ask.principal)
        let items = contents["lines"]?.array ?? []
        var asks: [Ask] = []
        for item in items {
            let sku = item["sku"]?.string ?? ""
            let product = try TopicID(.product, sku)
            asks.append(Ask(action: "product", topic: product, fields: [:], principal: .hub))
            let stock = try TopicID(.item, sku)
            asks.append(Ask(action: "stock", topic: stock, fields: [:], principal: .hub))
        }
        let answers = await perform(asks)
        var subtotals: [Money] = []
        var lines: [JSON] = []
        for (index, item) in items.enumerated() {
            lines.append(try line(item, answers[2 * index], answers[2 * index + 1], &subtotals))
        }
        let subtotal: JSON =
            switch subtotals.count {
            case 0: .null
            case 1: subtotals[0].json
            default: .array(subtotals.map(\.json))
            }
        return [
            "cartId": contents["cartId"] ?? .null, "lines": .array(lines), "subtotal": subtotal,
            "version": contents["version"] ?? 0,
        ]
    }

    private func line(
        _ item: JSON,
        _ product: Result<JSON, Rejection>,
        _ stock: Result<JSON, Rejection>,
        _ subtotals: inout [Money]
    ) throws(Rejection) -> JSON {
        var line = item
        switch product {
        case .failure(let rejection):
            guard !rejection.retry else { throw rejection }
            line.append("problem", "not_found")
        case .success(let product):
            line.append("title", product["title"] ?? .null)
            line.append("price", product["price"] ?? .null)
            if product["active"]?.bool != true { line.append("problem", "not_for_sale") }
            if let price = product["price"].flatMap({ Money(json: $0) }),
                let total = item["quantity"]?.int.flatMap({ price.times($0) })
            {
                add(total, to: &subtotals)
            }
        }
        switch stock {
        case .failure(let rejection):
            guard !rejection.retry else { throw rejection }
            line.append("available", 0)
        case .success(let stock): line.append("available", stock["available"] ?? 0)
        }
        return line
    }

    /// One sum for each currency.
    private func add(_ money: Money, to sums: inout [Money]) {
        guard let place = sums.firstIndex(where: { $0.currency == money.currency }) else {
            return sums.append(money)
        }
        sums[place] = sums[place].adding(money) ?? sums[place]
    }

    private func offer(_ cart: TopicID, _ ask: Ask) async throws(Rejection) -> JSON {
        var random = SystemRandomNumberGenerator()
        let token = (0..<2).map { _ in String(random.next(), radix: 36) }.joined(separator: "-")
        let data: JSON = ["mergeToken": .string(token)]
        return try await one("offer", cart, data, key: ask.key, as: ask.principal)
    }

    /// First in, then out: should the hub end between the two, the lines are in both carts, and a
    /// repeat takes them in only once, as the generation is the key.
    private func merge(into cart: TopicID, _ ask: Ask) async throws(Rejection) -> JSON {
        let data = try Fields(dataOf: ask.fields)
        let from = try data.user("from")
        let token = try data.string("mergeToken")
        guard from != ask.principal.user else { throw data.refusal("from", "is your own cart") }
        _ = try await one("access", cart, as: ask.principal)
        let other = try TopicID(cartOf: from)
        let proof: JSON = ["mergeToken": .string(token)]
        let contents = try await one("inspect", other, proof)
        guard contents["merged"] == nil else { return [:] }
        let lines = contents["lines"] ?? []
        var reply: JSON = [:]
        if let generation = contents["cartId"]?.string, lines.array?.isEmpty == false {
            reply = try await one(
                "absorb",
                cart,
                ["from": .string(from), "cartId": .string(generation), "lines": lines],
                key: "merge-\(generation)",
                as: ask.principal
            )
        }
        let surrendered: JSON = [
            "mergeToken": .string(token), "to": .string(ask.principal.user), "lines": lines,
        ]
        _ = try await one("surrender", other, surrendered)
        return reply
    }

    private func one(
        _ action: String,
        _ topic: TopicID,
        _ data: JSON = [:],
        key: String? = nil,
        as principal: Principal = .hub
    ) async throws(Rejection) -> JSON {
        let ask = Ask(
            action: action,
            topic: topic,
            fields: ["data": data],
            key: key,
            principal: principal
        )
        guard let outcome = await perform([ask]).first else {
            preconditionFailure("Each ask has an outcome.")
        }
        return try outcome.get()
    }
}
