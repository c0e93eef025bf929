import Hub
import Storage
import Testing

@testable import Martlet

@Suite("The seed's orders")
struct OrderSeedingTests {
    @Test("There is an order in each status, and played twice the seed changes nothing")
    func statuses() async throws {
        let place = try Workplace()
        let shop = ShopAtRest(directory: place.file("data"))
        let skus = ["a", "b", "c", "d", "e", "f"]
        try await shop.fill(skus, 20)
        let (first, second) = try await shop.with { router, store in
            var lists: [[OrderSummary]] = []
            for _ in 0..<2 {
                _ = try await OrderSeeding(router).play(buying: skus)
                lists.append(try await store.orders.orders(OrderQuery(limit: 100)))
            }
            return (lists[0], lists[1])
        }
        #expect(first == second)
        #expect(
            Set(first.map(\.status)) == Set(OrderStatus.allCases).subtracting([.pending])
        )
    }
}
