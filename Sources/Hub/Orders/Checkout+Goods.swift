/// What the order's goods go through: each step is asked of all items at once, and recorded in the
/// order when all have answered.
extension Checkout {
    enum SettingAside {
        case confirmed(expiresAt: Timestamp, seq: Int64)
        case refused(Rejection)
    }

    /// All lines or none. When an item can't answer, the order stays as it is: nobody knows then
    /// what is set aside, so nothing may be decided on it.
    func setAside(
        _ placement: OrderPlacement,
        _ order: TopicID
    ) async throws(Rejection) -> SettingAside {
        let ttl = desk.settings.paymentWindow + desk.settings.grace
        var asks: [Ask] = []
        asks.reserveCapacity(placement.lines.count)
        for line in placement.lines {
            asks.append(
                try item(
                    line.sku,
                    "reserve",
                    [
                        "quantity": .int(line.quantity), "holder": .string(placement.orderID),
                        "ttlSeconds": .int(max(1, ttl.milliseconds / 1000)),
                    ],
                    key: placement.orderID
                )
            )
        }
        let answers = await perform(asks)
        var holds: [OrderHold] = []
        var refused: [(sku: String, rejection: Rejection)] = []
        var expiresAt = now().milliseconds + desk.settings.paymentWindow.milliseconds
        for (line, answer) in zip(placement.lines, answers) {
            switch answer {
            case .success(let hold):
                guard let end = hold["expiresAt"]?.timestamp,
                    let hold = OrderHold(sku: line.sku, reply: hold)
                else { throw Rejection(.internal, "A hold has an id and an end.") }
                holds.append(hold)
                let last = end.milliseconds - desk.settings.grace.milliseconds
                expiresAt = min(expiresAt, last)
            case .failure(let rejection):
                guard !rejection.retry else { throw rejection }
                refused.append((line.sku, rejection))
            }
        }
        guard refused.isEmpty else {
            return .refused(try await fail(placement, order, holds, refused))
        }
        try await endCart(placement, isBought: true)
        let end = Timestamp(milliseconds: max(0, expiresAt))
        let reply = try await one(
            "confirm",
            order,
            [
                "reservations": .array(holds.map(\.json)), "expiresAt": .int(end.milliseconds),
            ]
        )
        return .confirmed(expiresAt: end, seq: reply["seq"]?.int ?? 0)
    }

    private func fail(
        _ placement: OrderPlacement,
        _ order: TopicID,
        _ holds: [OrderHold],
        _ refused: [(sku: String, rejection: Rejection)]
    ) async throws(Rejection) -> Rejection {
        let code = refused[0].rejection.code
        let reason = code == .notFound ? RejectionCode.insufficientStock : code
        _ = try await one(
            "fail",
            order,
            [
                "reason": .string(reason.rawValue),
                "skus": .array(refused.map { .string($0.sku) }),
                "reservations": .array(holds.map(\.json)),
            ]
        )
        // It is recorded what is to be given back: should that fail now, it is done later.
        try? await giveBack(
            placement,
            order,
            holds: Dictionary(holds.map { ($0.sku, $0.reservationID) }) { first, _ in first },
            taken: []
        )
        let told = refused.map { "\($0.sku): \($0.rejection.message)" }.joined(separator: " ")
        return Rejection(reason, told)
    }

    /// Sells what is set aside, for a payment that was made.
    func takeGoods(_ progress: OrderProgress, _ order: TopicID) async throws(Rejection) {
        let placement = progress.placement
        let lines = placement.lines.filter { !progress.taken.contains($0.sku) }
        var asks: [Ask] = []
        for line in lines {
            asks.append(
                try item(
                    line.sku,
                    "commit",
                    [
                        "reservationId": .string(progress.holds[line.sku] ?? ""),
                        "order": .string(placement.orderID),
                    ],
                    key: "paid-\(placement.orderID)"
                )
            )
        }
        let answers = await perform(asks)
        var missing: [String] = []
        var taken: [String] = []
        for (line, answer) in zip(lines, answers) {
            switch answer {
            case .success: taken.append(line.sku)
            case .failure(let rejection):
                guard !rejection.retry else { throw rejection }
                missing.append(line.sku)
            }
        }
        if missing.isEmpty {
            _ = try await one("completePayment", order)
        } else {
            _ = try await one(
                "fallShort",
                order,
                [
                    "missing": .array(missing.map { .string($0) }),
                    "taken": .array(taken.map { .string($0) }),
                ]
            )
        }
    }

    /// Puts back what was sold and lets go of what was only set aside.
    func giveBack(
        _ placement: OrderPlacement,
        _ order: TopicID,
        holds: [String: String],
        taken: Set<String>
    ) async throws(Rejection) {
        var asks: [Ask] = []
        for line in placement.lines {
            if taken.contains(line.sku) {
                let reason = "cancelled \(placement.orderID)"
                let data: JSON = ["delta": .int(line.quantity), "reason": .string(reason)]
                let key = "restock-\(placement.orderID)"
                asks.append(try item(line.sku, "adjust", data, key: key))
            } else if let hold = holds[line.sku] {
                let data: JSON = [
                    "reservationId": .string(hold), "reason": .string("order_cancelled"),
                ]
                let key = "release-\(placement.orderID)"
                asks.append(try item(line.sku, "release", data, key: key))
            }
        }
        // An order that never came to be leaves its cart to the buyer, as a new one.
        try await endCart(placement, isBought: false)
        for answer in await perform(asks) {
            // What is gone already needs no giving back.
            if case .failure(let rejection) = answer, rejection.retry { throw rejection }
        }
        _ = try await one("settle", order)
    }

    /// Tells the cart what became of its generation. One that is past is told in vain.
    private func endCart(
        _ placement: OrderPlacement,
        isBought: Bool
    ) async throws(Rejection) {
        let cart = try TopicID(cartOf: placement.user)
        let lines: [JSON] = placement.lines.map {
            ["sku": .string($0.sku), "quantity": .int($0.quantity)]
        }
        _ = try await one(
            "checkedOut",
            cart,
            [
                "cartId": .string(placement.cartID.description),
                "orderId": .string(placement.orderID), "bought": .bool(isBought),
                "lines": .array(lines),
            ],
            key: isBought ? placement.cartKey : nil,
            as: Principal(user: placement.user, isGuest: false, grants: .everything)
        )
    }

    private func item(
        _ sku: String,
        _ action: String,
        _ data: JSON,
        key: String
    ) throws(Rejection) -> Ask {
        Ask(
            action: action,
            topic: try TopicID(.item, sku),
            fields: ["data": data],
            key: key,
            principal: .hub
        )
    }
}
