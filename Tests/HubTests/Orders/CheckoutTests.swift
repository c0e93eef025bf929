import Testing

@testable import Hub

@Suite("The checkout")
struct CheckoutTests {
    private func shop() async throws -> ShopBench {
        let bench = ShopBench()
        try await bench.stock("tea", 10, price: 450)
        try await bench.stock("cup", 5, price: 1200)
        return bench
    }

    private static let received: [String: Int64] = ["tea": 10, "cup": 5]

    @Test("A cart becomes an order, its goods are set aside, and a payment sells them")
    func wholeWay() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2), ("cup", 1)])
        let cart = try await bench.ask("cart", "cart:ada", by: "ada")
        #expect(cart["subtotal"] == ["amount": 2100, "currency": "EUR"])
        #expect(cart["lines"]?.array?.first?["available"] == 10)
        let before = bench.journal.appends
        let placed = try await bench.ask(
            "checkout",
            "cart:ada",
            ["expectedTotal": 2100, "cartId": cart["cartId"] ?? .null],
            by: "ada"
        )
        #expect(placed["status"] == "awaiting_payment")
        #expect(placed["total"] == ["amount": 2100, "currency": "EUR"])
        // Placed, two holds, the cart, confirmed: no more than these.
        #expect(bench.journal.appends - before == 5)
        let order = try #require(placed["orderId"]?.string)
        #expect(try await bench.level("tea") == (10, 2, 8))
        let empty = try await bench.ask("cart", "cart:ada", by: "ada")
        #expect(empty["lines"]?.array?.isEmpty == true)
        let paid = try await bench.ask("pay", "order:\(order)", ["reference": "p"], key: "k")
        #expect(paid["status"] == "paid")
        let again = try await bench.ask("pay", "order:\(order)", ["reference": "p"], key: "k")
        #expect(again["seq"] == paid["seq"])
        #expect(try await bench.level("tea") == (8, 0, 8))
        try await bench.ask("pack", "order:\(order)")
        try await bench.ask("cancel", "order:\(order)", ["reason": "recall"])
        #expect(try await bench.level("tea") == (10, 0, 10))
        try await ShopAudit.expectConservation(bench, received: Self.received)
    }

    @Test("Two clicks are one order, at once and later, with a key and with the cart's id")
    func doubleClick() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2)])
        let cart = try await bench.ask("cart", "cart:ada", by: "ada")["cartId"] ?? .null
        async let first = bench.ask("checkout", "cart:ada", by: "ada", key: "k1")
        async let second = bench.ask("checkout", "cart:ada", by: "ada", key: "k1")
        let ids = try await [first["orderId"], second["orderId"]]
        #expect(ids[0] == ids[1])
        for (data, key): (JSON, String?) in [([:], "k1"), (["cartId": cart], nil)] {
            let again = try await bench.ask("checkout", "cart:ada", data, by: "ada", key: key)
            #expect(again["orderId"] == ids[0])
        }
        let restarted = bench.restarted()
        let later = try await restarted.ask("checkout", "cart:ada", by: "ada", key: "k1")
        #expect(later["orderId"] == ids[0])
        let empty = await #expect(throws: Rejection.self) {
            try await bench.ask("checkout", "cart:ada", by: "ada")
        }
        #expect(empty?.code == .conflict)
        #expect(try await bench.orders().count == 1)
        try await ShopAudit.expectConservation(bench, received: Self.received)
    }

    @Test("All lines or none: what was set aside is given back, and the cart stays")
    func allOrNone() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2), ("cup", 6)])
        let refused = await #expect(throws: Rejection.self) {
            try await bench.ask("checkout", "cart:ada", by: "ada")
        }
        #expect(refused?.code == .insufficientStock)
        #expect(refused?.message.contains("cup") == true)
        #expect(refused?.message.contains("5") == true)
        #expect(try await bench.level("tea") == (10, 0, 10))
        let cart = try await bench.ask("cart", "cart:ada", by: "ada")
        #expect(cart["lines"]?.array?.count == 2)
        let orders = try await bench.orders()
        #expect(orders.map(\.status) == [.cancelled])
        try await bench.fill("ada", [("tea", 2), ("cup", 5)])
        let placed = try await bench.ask("checkout", "cart:ada", by: "ada")
        #expect(placed["orderId"]?.string != orders[0].orderID)
        try await ShopAudit.expectConservation(bench, received: Self.received)
    }

    @Test("A total other than the one that was seen is refused, and so is what is not for sale")
    func prices() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2)])
        try await bench.stock("tea", 0, price: 500)
        let changed = await #expect(throws: Rejection.self) {
            try await bench.ask("checkout", "cart:ada", ["expectedTotal": 900], by: "ada")
        }
        #expect(changed?.code == .totalChanged)
        #expect(changed?.message.contains("10.00 EUR") == true)
        let cheaper = await #expect(throws: Rejection.self) {
            try await bench.ask("checkout", "cart:ada", ["discount": 900], by: "ada")
        }
        #expect(cheaper?.code == .forbidden)
        #expect(try await bench.orders().isEmpty)
        try await bench.fill("ada", [("hat", 1)])
        let unknown = await #expect(throws: Rejection.self) {
            try await bench.ask("checkout", "cart:ada", by: "ada")
        }
        #expect(unknown?.code == .conflict)
        let money: JSON = ["amount": 500, "currency": "JPY"]
        try await bench.ask("put", "product:hat", ["title": "Hat", "price": money, "active": true])
        try await bench.fill("ada", [("hat", 1), ("tea", 1)])
        let mixed = await #expect(throws: Rejection.self) {
            try await bench.ask("checkout", "cart:ada", by: "ada")
        }
        #expect(mixed?.message.contains("currencies") == true)
    }

    @Test("What is not paid in time is given back, and a payment that comes first wins")
    func expiry() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2)])
        let first = try await bench.ask("checkout", "cart:ada", by: "ada")
        try await bench.fill("bob", [("tea", 3)])
        let second = try await bench.ask("checkout", "cart:bob", by: "bob")
        #expect(try await bench.router.resumeOrders() == 0)
        bench.advance(by: 900_001)
        let paid = try await bench.ask("pay", "order:\(second["orderId"]?.string ?? "")")
        #expect(paid["status"] == "paid")
        try await ShopAudit.sweep(bench)
        let order = "order:\(first["orderId"]?.string ?? "")"
        let expired = try await bench.ask("order", order, by: "ada")
        #expect(expired["status"] == "cancelled")
        #expect(expired["timeline"]?.array?.contains { $0["reason"] == "expired" } == true)
        let late = await #expect(throws: Rejection.self) { try await bench.ask("pay", order) }
        #expect(late?.code == .illegalTransition)
        try await ShopAudit.expectConservation(bench, received: Self.received)
    }

    @Test("A payment whose goods are gone says so, takes the others, and can be tried again")
    func shortfall() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2), ("cup", 5)])
        let placed = try await bench.ask("checkout", "cart:ada", by: "ada")
        let order = "order:\(placed["orderId"]?.string ?? "")"
        // The hub was down for long: the holds have lapsed, and others were quicker.
        bench.advance(by: 1_100_000)
        try await bench.ask("adjust", "item:cup", ["delta": -1, "reason": "broken"])
        let refused = await #expect(throws: Rejection.self) { try await bench.ask("pay", order) }
        #expect(refused?.code == .insufficientStock)
        #expect(refused?.message.contains("cup") == true)
        let waiting = try await bench.ask("order", order, by: "ada")
        #expect(waiting["status"] == "awaiting_payment")
        #expect(waiting["shortfall"] == ["cup"])
        #expect(try await bench.level("tea").onHand == 8)
        try await bench.ask("receive", "item:cup", ["quantity": 1])
        let paid = try await bench.ask("pay", order)
        #expect(paid["status"] == "paid")
        try await ShopAudit.expectConservation(bench, received: Self.received)
    }

    @Test("An order that fell short and is given up puts back what it had taken")
    func shortfallGivenUp() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2), ("cup", 5)])
        _ = try await bench.ask("checkout", "cart:ada", by: "ada")
        let order = try #require(try await bench.orders().first).orderID
        bench.advance(by: 1_100_000)
        try await bench.ask("adjust", "item:cup", ["delta": -1, "reason": "broken"])
        await #expect(throws: Rejection.self) { try await bench.ask("pay", "order:\(order)") }
        try await ShopAudit.sweep(bench)
        let end = try await ShopAudit.progress(of: order, bench)
        #expect(end.status == .cancelled)
        try await ShopAudit.expectConservation(bench, received: ["tea": 10, "cup": 4])
    }

    @Test("A cart that is edited while it is checked out keeps what was not ordered")
    func editedMeanwhile() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2)])
        // Breaks off once the order is placed.
        bench.journal.die(after: 1)
        await #expect(throws: Rejection.self) {
            try await bench.ask("checkout", "cart:ada", by: "ada")
        }
        bench.journal.revive()
        try await bench.fill("ada", [("tea", 3), ("cup", 1)])
        let placed = try await bench.ask("checkout", "cart:ada", by: "ada")
        #expect(placed["total"] == ["amount": 900, "currency": "EUR"])
        let cart = try await bench.ask("cart", "cart:ada", by: "ada")
        let left = cart["lines"]?.array?.map { [$0["sku"], $0["quantity"]] }
        #expect(left == [["tea", 1], ["cup", 1]])
        try await ShopAudit.expectConservation(bench, received: Self.received)
    }

    @Test("A guest's cart goes over to the user who has its token, and only once")
    func merge() async throws {
        let bench = try await shop()
        try await bench.fill("guest-7", [("tea", 2)])
        try await bench.fill("ada", [("tea", 1), ("cup", 1)])
        let offer = try await bench.ask("offerMerge", "cart:guest-7", by: "guest-7")
        let wrong: JSON = ["from": "guest-7", "mergeToken": "nothing"]
        let refused = await #expect(throws: Rejection.self) {
            try await bench.ask("mergeCart", "cart:ada", wrong, by: "ada")
        }
        #expect(refused?.code == .notFound)
        let wish: JSON = ["from": "guest-7", "mergeToken": offer["mergeToken"] ?? .null]
        try await bench.ask("mergeCart", "cart:ada", wish, by: "ada")
        try await bench.ask("mergeCart", "cart:ada", wish, by: "ada")
        let cart = try await bench.ask("cart", "cart:ada", by: "ada")
        #expect(cart["lines"]?.array?.map { $0["quantity"] } == [3, 1])
        let other = try await bench.ask("cart", "cart:guest-7", by: "guest-7")
        #expect(other["lines"]?.array?.isEmpty == true)
    }

    @Test("A merge that breaks off between the carts is finished by a repeat, and adds nothing up")
    func mergeBreaksOff() async throws {
        let bench = try await shop()
        try await bench.fill("guest-7", [("tea", 2)])
        let offer = try await bench.ask("offerMerge", "cart:guest-7", by: "guest-7")
        let wish: JSON = ["from": "guest-7", "mergeToken": offer["mergeToken"] ?? .null]
        bench.journal.die(after: 1)
        await #expect(throws: Rejection.self) {
            try await bench.ask("mergeCart", "cart:ada", wish, by: "ada")
        }
        bench.journal.revive()
        let restarted = bench.restarted()
        try await restarted.ask("mergeCart", "cart:ada", wish, by: "ada")
        let cart = try await restarted.ask("cart", "cart:ada", by: "ada")
        #expect(cart["lines"]?.array?.map { $0["quantity"] } == [2])
    }

    @Test("Steps of the saga can't be taken by clients, nor can others look into it")
    func steps() async throws {
        let bench = try await shop()
        try await bench.fill("ada", [("tea", 2)])
        let placed = try await bench.ask("checkout", "cart:ada", by: "ada")
        let order = "order:\(placed["orderId"]?.string ?? "")"
        for action in OrderCommand.internalActions.sorted() {
            let refused = await #expect(throws: Rejection.self) {
                try await bench.ask(action, order)
            }
            #expect(refused?.code == .unknownAction)
        }
        for action in CartCommand.internalActions.sorted() {
            let refused = await #expect(throws: Rejection.self) {
                try await bench.ask(action, "cart:ada", by: "ada")
            }
            #expect(refused?.code == .unknownAction)
        }
        for (action, topic) in [("order", order), ("cancel", order), ("cart", "cart:ada")] {
            let refused = await #expect(throws: Rejection.self) {
                try await bench.ask(action, topic, by: "bob")
            }
            #expect(refused?.code == .notFound)
        }
    }
}
