/// From a cart to an order.
extension Checkout {
    func checkOut(_ ask: Ask, cart: TopicID) async throws(Rejection) -> JSON {
        // Before they are told of what is being bought there at the moment.
        guard cart.owner == ask.principal.user else {
            throw Rejection(.notFound, "There is no such cart, or it is not yours to see.")
        }
        let wish = try CheckoutWish(ask, cart: cart)
        return try await desk.doubles.run(cart.text) { () async throws(Rejection) -> JSON in
            try await buy(wish)
        }
    }

    private func buy(_ wish: CheckoutWish) async throws(Rejection) -> JSON {
        if let earlier = try await repeated(wish) { return earlier }
        // What was put into it at another node a moment ago is bought, too.
        try await catchUp(wish.cart)
        if let earlier = try await repeated(wish) { return earlier }
        let contents = try await one("contents", wish.cart, as: wish.principal)
        guard let cartID = contents["cartId"]?.recordID, let items = contents["lines"]?.array,
            !items.isEmpty
        else {
            if let seen = wish.cartID, let order = try await bought(seen, wish) { return order }
            throw Rejection(.conflict, "The cart is empty.")
        }
        if let seen = wish.cartID, seen != cartID {
            if let order = try await bought(seen, wish) { return order }
            throw Rejection(.conflict, "That cart is gone; look at the one that there is now.")
        }
        let (lines, currency) = try await priced(items)
        guard
            let totals = OrderTotals(
                currency,
                of: lines,
                shipping: wish.shipping,
                tax: wish.tax,
                discount: wish.discount
            )
        else { throw Rejection(.badRequest, "The total is not an amount that can be paid.") }
        let placement = OrderPlacement(
            user: wish.principal.user,
            cartID: cartID,
            cartKey: wish.key,
            lines: lines,
            totals: totals,
            address: wish.address
        )
        return try await desk.turns.run(placement.orderID) { () async throws(Rejection) -> JSON in
            try await place(placement, wish)
        }
    }

    private func place(
        _ placement: OrderPlacement,
        _ wish: CheckoutWish
    ) async throws(Rejection) -> JSON {
        let order = try order(placement.orderID)
        if let expected = wish.expectedTotal, expected != placement.totals.total {
            // Not for an order that was placed already: it costs what it cost then.
            if try await isTheirs(order, wish) {
                return try self.reply(of: try await advance(order))
            }
            let total = Money(placement.totals.total, placement.totals.currency)
            throw Rejection(
                .totalChanged,
                "The total is \(total.map { "\($0)" } ?? "another") now."
            )
        }
        let reply = try await one("place", order, placement.json, as: wish.principal)
        guard reply["placed"]?.bool == true else {
            return try self.reply(of: try await advance(order))
        }
        switch try await setAside(placement, order) {
        case .confirmed(let expiresAt, let seq):
            return Self.reply(
                placement,
                status: .awaitingPayment,
                expiresAt: expiresAt,
                seq: seq
            )
        case .refused(let rejection): throw rejection
        }
    }

    /// The order that the key stands for.
    private func repeated(_ wish: CheckoutWish) async throws(Rejection) -> JSON? {
        guard let key = wish.key,
            let record = try await recall(key, wish.principal.user, wish.cart)
        else { return nil }
        guard let data = try? JSONParser.parse(record.payload),
            let id = data["orderId"]?.string
        else { throw Rejection(.keyReused, "That key was used for another command before.") }
        return try await desk.turns.run(id) { () async throws(Rejection) -> JSON in
            try reply(of: try await advance(try order(id)))
        }
    }

    /// The order that was made of that cart, if it was and is the buyer's.
    private func bought(
        _ cartID: RecordID,
        _ wish: CheckoutWish
    ) async throws(Rejection) -> JSON? {
        let id = OrderPlacement.orderID(of: cartID)
        let order = try order(id)
        guard try await isTheirs(order, wish) else { return nil }
        return try await desk.turns.run(id) { () async throws(Rejection) -> JSON in
            try reply(of: try await advance(order))
        }
    }

    private func isTheirs(
        _ order: TopicID,
        _ wish: CheckoutWish
    ) async throws(Rejection) -> Bool {
        do throws(Rejection) {
            _ = try await one("access", order, as: wish.principal)
            return true
        } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }

    /// The cart's lines at the products' prices of now.
    private func priced(
        _ items: [JSON]
    ) async throws(Rejection) -> (lines: [OrderLine], currency: Currency) {
        var asks: [Ask] = []
        for item in items {
            guard let sku = item["sku"]?.string else {
                throw Rejection(.internal, "A cart's line has a SKU.")
            }
            let product = try TopicID(.product, sku)
            asks.append(Ask(action: "product", topic: product, fields: [:], principal: .hub))
        }
        var answers = await perform(asks)
        for (index, ask) in asks.enumerated() where Self.offer(answers[index]) == nil {
            guard let product = ask.topic else { continue }
            try await catchUp(product)
            answers[index] = await perform([ask])[0]
        }
        var lines: [OrderLine] = []
        var currency: Currency?
        for (item, answer) in zip(items, answers) {
            guard let sku = item["sku"]?.string, let quantity = item["quantity"]?.int else {
                throw Rejection(.internal, "A cart's line has a SKU and a quantity.")
            }
            let offer = try Self.offer(answer, sku)
            guard currency == nil || currency == offer.price.currency else {
                throw Rejection(.conflict, "The cart has prices of several currencies.")
            }
            currency = offer.price.currency
            guard
                let line = OrderLine(
                    sku: sku,
                    title: offer.title,
                    quantity: quantity,
                    unitPrice: offer.price.amount
                )
            else { throw Rejection(.badRequest, "So much of \(sku) can't be paid.") }
            lines.append(line)
        }
        guard let currency else { throw Rejection(.conflict, "The cart is empty.") }
        return (lines, currency)
    }

    /// Nil for what is not for sale.
    private static func offer(
        _ answer: Result<JSON, Rejection>
    ) -> (title: String, price: Money)? {
        guard case .success(let product) = answer, product["active"]?.bool == true,
            let title = product["title"]?.string,
            let price = product["price"].flatMap({ Money(json: $0) })
        else { return nil }
        return (title, price)
    }

    private static func offer(
        _ answer: Result<JSON, Rejection>,
        _ sku: String
    ) throws(Rejection) -> (title: String, price: Money) {
        if let offer = offer(answer) { return offer }
        if case .failure(let rejection) = answer, rejection.code != .notFound { throw rejection }
        throw Rejection(.conflict, "\(sku) is not for sale.")
    }

    /// What a checkout answers, when it is repeated too.
    func reply(of progress: OrderProgress) throws(Rejection) -> JSON {
        guard progress.status != .cancelled else {
            throw Rejection(.conflict, "The order that was made of that cart is cancelled.")
        }
        return Self.reply(
            progress.placement,
            status: progress.status,
            expiresAt: progress.expiresAt,
            seq: progress.seq
        )
    }

    private static func reply(
        _ placement: OrderPlacement,
        status: OrderStatus,
        expiresAt: Timestamp?,
        seq: Int64
    ) -> JSON {
        [
            "orderId": .string(placement.orderID), "status": .string(status.rawValue),
            "total": placement.totals.money,
            "expiresAt": expiresAt.map { .int($0.milliseconds) } ?? .null, "seq": .int(seq),
        ]
    }
}
