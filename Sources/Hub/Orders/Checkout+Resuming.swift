/// What is asked of an order that there is, and how one that broke off goes on.
extension Checkout {
    /// Steps of an order that can follow from each other without anyone asking, and a few more.
    private static let stepsMaximum = 8

    /// Takes the steps that the order's last record asks for, until it rests. Safe to call at any
    /// time, any number of times; only ever under the order's turn.
    func advance(_ order: TopicID) async throws(Rejection) -> OrderProgress {
        for _ in 0..<Self.stepsMaximum {
            let reply = try await one("progress", order)
            guard let progress = OrderProgress(reply) else {
                throw Rejection(.internal, "An order's progress can't be read.")
            }
            if progress.isSettling {
                try await giveBack(
                    progress.placement,
                    order,
                    holds: progress.holds,
                    taken: progress.taken
                )
            } else if progress.isPaying {
                try await takeGoods(progress, order)
            } else if progress.status == .pending {
                _ = try await setAside(progress.placement, order)
            } else {
                return progress
            }
        }
        throw OrderLedger.underWay
    }

    /// What the sweeper calls: goes on with what broke off, and ends what was not paid in time.
    func resume(_ id: String) async throws(Rejection) {
        guard !desk.turns.isBusy(id) else { return }
        let order = try order(id)
        try await desk.turns.run(id) { () async throws(Rejection) in
            let progress = try await advance(order)
            guard progress.status == .awaitingPayment, let end = progress.expiresAt,
                end <= now()
            else { return }
            _ = try await one("expire", order)
            _ = try await advance(order)
        }
    }

    /// The payment was made: the goods are taken, or the reply says which are gone.
    func pay(_ ask: Ask, _ order: TopicID) async throws(Rejection) -> JSON {
        _ = try await one("access", order, as: ask.principal)
        let data = ask.fields["data"] ?? [:]
        return try await desk.turns.run(String(order.name)) { () async throws(Rejection) -> JSON in
            _ = try await advance(order)
            _ = try await one("beginPayment", order, data, key: ask.key, as: ask.principal)
            let progress = try await advance(order)
            guard progress.payment != .unpaid else {
                let skus = progress.missing.joined(separator: ", ")
                throw Rejection(
                    .insufficientStock,
                    "The order still awaits its payment: of \(skus) there is not enough left."
                )
            }
            return try await one("summary", order, as: ask.principal)
        }
    }

    /// By its owner while it is unpaid, by staff until its goods have left.
    func cancel(_ ask: Ask, _ order: TopicID) async throws(Rejection) -> JSON {
        _ = try await one("access", order, as: ask.principal)
        let data = ask.fields["data"] ?? [:]
        return try await desk.turns.run(String(order.name)) { () async throws(Rejection) -> JSON in
            _ = try await advance(order)
            _ = try await one("abandon", order, data, key: ask.key, as: ask.principal)
            // It is cancelled: should an item not answer now, its goods are given back later.
            _ = try? await advance(order)
            return try await one("summary", order, as: ask.principal)
        }
    }
}
