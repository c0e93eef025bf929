import Testing

@testable import Hub

@Suite("A checkout that breaks off")
struct CheckoutCrashTests {
    private static let received: [String: Int64] = ["a": 6, "b": 4, "c": 3, "d": 0]

    private func shop() async throws -> ShopBench {
        let bench = ShopBench()
        for (sku, count) in Self.received { try await bench.stock(sku, count) }
        return bench
    }

    private func basket(_ dice: inout Dice) -> [(sku: String, quantity: Int64)] {
        let skus = ["a", "b", "c", "d"].shuffled(using: &dice)
        // Now and then something that there is none of.
        return skus.prefix(dice.roll(1..<4)).filter { $0 != "d" || dice.roll(0..<3) == 0 }
            .map { ($0, Int64(dice.roll(1..<4))) }
    }

    @Test(
        "After each of its records a killed checkout is finished or taken back by the next hub",
        arguments: 0..<12
    )
    func killed(seed: Int) async throws {
        for step in 0..<12 {
            var dice = Dice(seed: UInt64(seed))
            let bench = try await shop()
            let basket = basket(&dice)
            guard !basket.isEmpty else { return }
            try await bench.fill("ada", basket)
            bench.journal.die(after: step)
            let reply = try? await bench.ask("checkout", "cart:ada", by: "ada")
            let wasPaid: Bool
            if let order = reply?["orderId"]?.string, seed % 3 != 0 {
                wasPaid = (try? await bench.ask("pay", "order:\(order)")) != nil
                if seed % 3 == 2 { _ = try? await bench.ask("cancel", "order:\(order)") }
            } else {
                wasPaid = false
            }
            bench.journal.revive()
            let next = bench.restarted()
            next.advance(by: OrderSummary.patience + 1)
            try await ShopAudit.sweep(next)
            if let order = reply?["orderId"]?.string {
                let progress = try await ShopAudit.progress(of: order, next)
                #expect(wasPaid ? progress.payment == .paid : true)
                #expect(progress.status != .pending)
            }
            try await ShopAudit.expectConservation(next, received: Self.received)
            // Whoever presses the button again gets on, whatever was before.
            _ = try? await next.ask("checkout", "cart:ada", by: "ada")
            try await ShopAudit.expectConservation(next, received: Self.received)
        }
    }

    @Test(
        "Many buyers over a journal that fails now and then: all lines or none, nothing is lost",
        arguments: 0..<8
    )
    func failing(seed: Int) async throws {
        var dice = Dice(seed: UInt64(seed))
        let bench = try await shop()
        var baskets: [(user: String, lines: [(sku: String, quantity: Int64)])] = []
        for number in 0..<12 { baskets.append(("u\(number)", basket(&dice))) }
        for (user, lines) in baskets where !lines.isEmpty { try await bench.fill(user, lines) }
        bench.journal.fail(20, seed: UInt64(seed))
        await withDiscardingTaskGroup { group in
            for (number, basket) in baskets.enumerated() where !basket.lines.isEmpty {
                group.addTask {
                    let cart = "cart:\(basket.user)"
                    for _ in 0..<2 { _ = try? await bench.ask("checkout", cart, by: basket.user) }
                    let found = try? await bench.orders().first { $0.user == basket.user }
                    guard let order = found?.orderID else { return }
                    let action = ["pay", "cancel", "order"][number % 3]
                    _ = try? await bench.ask(action, "order:\(order)")
                }
            }
        }
        bench.journal.revive()
        let next = bench.restarted()
        next.advance(by: OrderSummary.patience + 1)
        try await ShopAudit.sweep(next)
        try await ShopAudit.expectConservation(next, received: Self.received)
        next.advance(by: 1_000_000)
        try await ShopAudit.sweep(next)
        try await ShopAudit.expectConservation(next, received: Self.received)
        #expect(try await next.orders().allSatisfy { $0.status != .awaitingPayment })
    }

    @Test("Of two hundred buyers of one piece one gets it")
    func onePiece() async throws {
        let bench = ShopBench()
        try await bench.stock("rare", 1)
        for number in 0..<200 { try await bench.fill("u\(number)", [("rare", 1)]) }
        let outcomes = await withTaskGroup(of: String.self) { group in
            for number in 0..<200 {
                group.addTask {
                    do throws(Rejection) {
                        let user = "u\(number)"
                        return try await bench.ask("checkout", "cart:\(user)", by: user)["status"]?
                            .string ?? ""
                    } catch {
                        return error.code.rawValue
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == ["awaiting_payment": 1, "insufficient_stock": 199])
        try await ShopAudit.expectConservation(bench, received: ["rare": 1])
    }

    @Test("Mixed baskets, payments and cancellations at once: nothing is sold twice")
    func mixed() async throws {
        let bench = ShopBench()
        let skus = ["a", "b", "c", "d", "e"]
        for sku in skus { try await bench.stock(sku, 20) }
        await withDiscardingTaskGroup { group in
            for number in 0..<60 {
                group.addTask {
                    var dice = Dice(seed: UInt64(number))
                    let user = "u\(number)"
                    let lines = skus.shuffled(using: &dice).prefix(3)
                        .map { (sku: $0, quantity: Int64(dice.roll(1..<3))) }
                    try? await bench.fill(user, lines)
                    let reply = try? await bench.ask("checkout", "cart:\(user)", by: user)
                    guard let order = reply?["orderId"]?.string else { return }
                    // The buyer changes their mind while the payment comes in.
                    async let paid = bench.ask("pay", "order:\(order)")
                    async let cancelled = bench.ask("cancel", "order:\(order)", by: user)
                    let outcomes = (try? await paid) != nil ? 1 : 0
                    let others = (try? await cancelled) != nil ? 1 : 0
                    #expect(outcomes + others == 1, "One of the two wins.")
                }
            }
        }
        let received = Dictionary(uniqueKeysWithValues: skus.map { ($0, Int64(20)) })
        try await ShopAudit.expectConservation(bench, received: received)
    }
}
