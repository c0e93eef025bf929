import Testing

@testable import Hub

/// If these fail, order lists stand still, or show what is none of the viewer's business.
@Suite("Where orders are told of as they move")
struct OrderFeedTests {
    private func shop() async throws -> ShopBench {
        let bench = ShopBench()
        try await bench.stock("tea", 10)
        return bench
    }

    private func buy(_ bench: ShopBench, _ user: String) async throws -> String {
        let cart = try TopicID(cartOf: user).text
        let lines: JSON = ["lines": [["sku": "tea", "quantity": 1]]]
        try await bench.ask("setLines", cart, lines, by: user)
        let placed = try await bench.ask("checkout", cart, by: user)
        return try #require(placed["orderId"]?.string)
    }

    private func told(_ seats: RecordingSeats) throws -> [String] {
        try seats.notes.ephemeral.map { event in
            let data = try JSONParser.parse(event.payload)
            return "\(data["orderId"]?.string ?? "?") \(data["status"]?.string ?? "?")"
        }
    }

    @Test("Users are told of their own orders, and staff of everyone's")
    func feeds() async throws {
        let bench = try await shop()
        let (own, all) = (RecordingSeats(), RecordingSeats())
        _ = try await bench.join("orders:ada", by: "ada", own).get()
        _ = try await bench.join("orders:~all", by: "staff", all).get()
        let first = try await buy(bench, "ada")
        let second = try await buy(bench, "bob")
        try await bench.ask("pay", "order:\(second)")
        let mine = ["\(first) pending", "\(first) awaiting_payment"]
        let others = ["pending", "awaiting_payment", "paid"].map { "\(second) \($0)" }
        #expect(await bench.settles { all.notes.ephemeral.count == 5 })
        #expect(try told(own) == mine)
        #expect(try told(all) == mine + others)
    }

    @Test("Only staff of every order hear of all, whatever a user is called")
    func access() async throws {
        let bench = try await shop()
        for user in ["ada", "~all"] {
            let outcome = try await bench.join("orders:~all", by: user, RecordingSeats())
            guard case .failure(let rejection) = outcome else {
                Issue.record("\(user) listens to everyone's orders.")
                continue
            }
            #expect(rejection.code == .notFound)
        }
        let seats = RecordingSeats()
        _ = try await bench.join(TopicID(ordersOf: "~all").text, by: "~all", seats).get()
        _ = try await buy(bench, "ada")
        let order = try await buy(bench, "~all")
        #expect(await bench.settles { seats.notes.ephemeral.count == 2 })
        #expect(try told(seats).first == "\(order) pending")
    }
}
