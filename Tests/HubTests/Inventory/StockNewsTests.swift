import Testing

@testable import Hub

/// If these fail, pages show numbers that are not so.
@Suite("What is told of stock")
struct StockNewsTests {
    private struct Item {
        var ledger: StockLedger
        var time: Int64 = 1_795_400_000_000
        var lastID: Int64 = 1

        init() throws {
            ledger = StockLedger(topic: try TopicID("item:a"))
        }

        mutating func take(_ commands: [StockCommand]) throws -> [Ephemeral] {
            for command in commands {
                lastID += 1
                let (id, at) = (RecordID(lastID), Timestamp(milliseconds: time))
                let staff = Principal(user: "clerk", isGuest: false, grants: .staff)
                let decision = try ledger.decide(command, Request(principal: staff, at: at) { id })
                for entry in decision.events {
                    ledger.apply(entry.event, id: entry.id, author: "clerk", at: at)
                }
            }
            return ledger.takeNews(at: Timestamp(milliseconds: time))
        }
    }

    @Test("A turn is told of once, with what it took, and edges only when they are crossed")
    func news() throws {
        var item = try Item()
        #expect(try item.take([.setThreshold(2)]).map(\.event) == ["inventory_updated"])
        let received = try item.take([.receive(quantity: 5, reference: nil)])
        #expect(received.map(\.event) == ["inventory_updated", "back_in_stock"])
        let held = try item.take([
            .reserve(quantity: 1, ttl: 10, holder: "x"),
            .reserve(quantity: 2, ttl: 10, holder: "y"),
        ])
        #expect(held.map(\.event) == ["inventory_updated", "low_stock"])
        let data = try JSONParser.parse(held[0].payload)
        #expect(data["productId"] == "a")
        #expect(data["quantityReduced"] == 3)
        #expect(data["newStock"] == 5)
        #expect(data["available"] == 2)
        #expect(data["reserved"] == 3)
        #expect(data["version"] == 4)
        #expect(data["reason"] == "reserved")
        let last = try item.take([.reserve(quantity: 2, ttl: 10, holder: "z")])
        #expect(last.map(\.event) == ["inventory_updated", "out_of_stock"])
        item.time += 10_000
        let expired = try item.take([.expire])
        #expect(expired.map(\.event) == ["inventory_updated", "back_in_stock"])
        #expect(try JSONParser.parse(expired[0].payload)["quantityReduced"] == 0)
        #expect(try item.take([.expire]).isEmpty)
        #expect(expired.filter { !$0.isForSender }.isEmpty)
    }

    @Test("Another threshold is news, and so is that stock is low by it")
    func threshold() throws {
        var item = try Item()
        _ = try item.take([.receive(quantity: 5, reference: nil)])
        let above = try item.take([.setThreshold(4)])
        #expect(above.map(\.event) == ["inventory_updated"])
        let data = try JSONParser.parse(above[0].payload)
        #expect(data["lowStock"] == 4)
        #expect(data["reason"] == "threshold")
        #expect(data["quantityReduced"] == 0)
        let raised = try item.take([.setThreshold(6)])
        #expect(raised.map(\.event) == ["inventory_updated", "low_stock"])
        #expect(try item.take([.setThreshold(7)]).map(\.event) == ["inventory_updated"])
        #expect(try item.take([.setThreshold(7)]).isEmpty)
        #expect(try item.take([.setThreshold(0)]).map(\.event) == ["inventory_updated"])
    }

    @Test("What is loaded is no news")
    func loaded() throws {
        var item = try Item()
        _ = try item.take([.receive(quantity: 5, reference: nil)])
        var loaded = try #require(
            StockLedger(topic: try TopicID("item:a"), snapshot: item.ledger.snapshot())
        )
        loaded.settle()
        item.ledger = loaded
        let news = try item.take([.reserve(quantity: 1, ttl: 10, holder: "x")])
        #expect(news.map(\.event) == ["inventory_updated"])
        #expect(try JSONParser.parse(news[0].payload)["quantityReduced"] == 1)
    }
}
