import Testing

@testable import Hub

/// Counts the shop after a test: what must be true whatever broke off where.
enum ShopAudit {
    /// - Parameter received: How many of each SKU there were at the beginning.
    static func expectConservation(
        _ bench: ShopBench,
        received: [String: Int64],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var sold: [String: Int64] = [:]
        var held: [String: [String: Int64]] = [:]
        for summary in try await bench.orders() {
            let progress = try await progress(of: summary.orderID, bench)
            #expect(!progress.isPaying && !progress.isSettling, sourceLocation: sourceLocation)
            #expect(progress.status != .pending, sourceLocation: sourceLocation)
            for line in progress.placement.lines {
                if progress.payment != .unpaid && progress.status != .cancelled
                    || progress.taken.contains(line.sku)
                {
                    sold[line.sku, default: 0] += line.quantity
                } else if progress.status == .awaitingPayment {
                    held[line.sku, default: [:]][summary.orderID] = line.quantity
                }
            }
        }
        for (sku, count) in received {
            let level = try await bench.level(sku)
            #expect(
                level.onHand == count - sold[sku, default: 0],
                "\(sku): what is gone is sold, and what is sold is gone",
                sourceLocation: sourceLocation
            )
            let holds = try await bench.ask("holds", "item:\(sku)")["holds"]?.array ?? []
            var found: [String: Int64] = [:]
            for hold in holds {
                let holder = try #require(hold["holder"]?.string)
                found[holder] = hold["quantity"]?.int
            }
            #expect(
                found == held[sku, default: [:]],
                "\(sku): each hold has an order that waits, and each such order has its holds",
                sourceLocation: sourceLocation
            )
            #expect(level.available >= 0, sourceLocation: sourceLocation)
        }
    }

    static func progress(of order: String, _ bench: ShopBench) async throws -> OrderProgress {
        let ask = Ask(
            action: "progress",
            topic: try TopicID(.order, order),
            fields: [:],
            principal: .hub
        )
        let outcome = await withCheckedContinuation { continuation in
            let topic = bench.router.topic(ask.topic ?? ShopAudit.nowhere)
            topic.submit(ask, .caller { continuation.resume(returning: $0) })
        }
        return try #require(OrderProgress(try outcome.get()))
    }

    private static var nowhere: TopicID { preconditionFailure("The ask has a topic.") }

    /// What the sweeper does, until nothing is due.
    static func sweep(_ bench: ShopBench) async throws {
        for _ in 0..<20 {
            let due = try await bench.router.resumeOrders()
            guard due > 0 else { return }
        }
        Issue.record("Orders are due again and again.")
    }
}
