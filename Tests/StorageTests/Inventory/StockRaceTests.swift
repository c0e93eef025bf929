import Hub
import Logging
import Testing

@testable import Storage

/// If these fail, two buyers get the same piece, or lists say something else than the items.
@Suite("Stock in SQLite")
struct StockRaceTests {
    private static func router(_ store: Store, at time: Timestamp? = nil) -> Router {
        Router(
            lanes: [QueueLane()],
            surroundings: Surroundings(
                journal: store.journal,
                ids: RecordIDs(node: 1),
                now: { time ?? Store.systemTime() }
            ),
            archive: store.archive,
            stock: store.stock,
            products: store.products,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    private static func ask(
        _ action: String,
        _ topic: String?,
        _ fields: JSON = [:],
        by user: String = "clerk"
    ) throws -> Ask {
        Ask(
            action: action,
            topic: try topic.map { try TopicID($0) },
            fields: fields,
            principal: Principal(user: user, isGuest: false, grants: .staff)
        )
    }

    /// Submits all at once; gives how many were carried out.
    private static func race(_ asks: [Ask], in router: Router) async -> Int {
        let outcomes = AsyncStream<Bool>.makeStream(bufferingPolicy: .bufferingOldest(asks.count))
        for ask in asks {
            router.submit(
                ask,
                .caller { outcome in
                    if case .success = outcome {
                        outcomes.continuation.yield(true)
                    } else {
                        outcomes.continuation.yield(false)
                    }
                }
            )
        }
        var count = 0
        var left = asks.count
        for await isDone in outcomes.stream {
            count += isDone ? 1 : 0
            left -= 1
            if left == 0 { break }
        }
        return count
    }

    @Test(
        "However many want them at once, no more pieces are held than there are",
        arguments: [(200, 1), (1_000, 100)]
    )
    func race(buyers: Int, pieces: Int64) async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let router = Self.router(store)
        let data: JSON = ["data": ["quantity": .int(pieces)]]
        _ = try await router.perform(Self.ask("receive", "item:a", data))
        let asks = try (0..<buyers).map {
            try Self.ask("reserve", "item:a", ["data": ["quantity": 1]], by: "user-\($0)")
        }
        #expect(await Self.race(asks, in: router) == Int(pieces))
        // Whoever loads the item anew finds it so.
        let stock = try await Self.router(store).perform(Self.ask("stock", "item:a"))
        #expect(stock["reserved"]?.int == pieces)
        #expect(stock["available"]?.int == 0)
        let listed = try await store.stock.items(after: nil, limit: 10)
        #expect(listed.map(\.sku) == ["a"])
        #expect(listed.first?.reserved == pieces)
        #expect(listed.first?.version == stock["version"]?.int)
        await store.close()
        #expect(try Inspection.open(directory: scratch.path("data")).verify() == [])
    }

    @Test("Items with expired holds are due until that is recorded, those that wait longest first")
    func due() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let start = Store.systemTime()
        let router = Self.router(store, at: start)
        for (item, ttl) in [("a", 20), ("b", 10), ("c", 3000)] as [(String, Int64)] {
            let topic = "item:\(item)"
            _ = try await router.perform(
                Self.ask("receive", topic, ["data": ["quantity": 3]])
            )
            _ = try await router.perform(
                Self.ask("setThreshold", topic, ["data": ["lowStock": 2]])
            )
            let data: JSON = ["quantity": 1, "ttlSeconds": .int(ttl)]
            _ = try await router.perform(Self.ask("reserve", topic, ["data": data]))
        }
        let later = Timestamp(milliseconds: start.milliseconds + 60_000)
        let due = try await store.stock.dueItems(at: later, limit: 10)
        #expect(due.map(\.text) == ["item:b", "item:a"])
        #expect(try await store.stock.dueItems(at: start, limit: 10).isEmpty)
        let evening = Self.router(store, at: later)
        #expect(try await evening.expireHolds(limit: 10) == 2)
        #expect(try await store.stock.dueItems(at: later, limit: 10).isEmpty)
        let listed = try await store.stock.items(after: nil, limit: 10)
        #expect(listed.map(\.reserved) == [0, 0, 1])
        #expect(listed.map(\.lowStock) == [2, 2, 2])
        #expect(try await store.stock.items(after: "a", limit: 1).map(\.sku) == ["b"])
        await store.close()
    }

    @Test("Products are found by the beginnings of their words, by category and in pages")
    func products() async throws {
        let scratch = try Scratch()
        let store = try Store.open(directory: scratch.path("data"), durability: .os)
        let router = Self.router(store)
        for (sku, title, category, isActive) in [
            ("cup", "Café cup", "Kitchen", true), ("hat", "Straw hat", "Clothes", true),
            ("jug", "Café jug", "Kitchen", true), ("old", "Café sign", "Kitchen", false),
        ] {
            let data: JSON = [
                "title": .string(title), "category": .string(category), "active": .bool(isActive),
                "price": ["amount": 900, "currency": "EUR"],
            ]
            _ = try await router.perform(Self.ask("put", "product:\(sku)", ["data": data]))
        }
        _ = try await router.perform(Self.ask("receive", "item:jug", ["data": ["quantity": 4]]))
        func skus(_ query: ProductQuery) async throws -> [String] {
            try await store.products.products(query).map(\.sku)
        }
        #expect(try await skus(ProductQuery(limit: 9)) == ["cup", "hat", "jug"])
        #expect(try await skus(ProductQuery(words: "cafe", limit: 9)) == ["cup", "jug"])
        #expect(try await skus(ProductQuery(words: "caf jug", limit: 9)) == ["jug"])
        #expect(try await skus(ProductQuery(words: "\" OR *", limit: 9)).isEmpty)
        #expect(try await skus(ProductQuery(category: "Clothes", limit: 9)) == ["hat"])
        let all = ProductQuery(words: "cafe", category: "Kitchen", includesInactive: true, limit: 9)
        #expect(try await skus(all) == ["cup", "jug", "old"])
        #expect(try await skus(ProductQuery(after: "cup", limit: 1)) == ["hat"])
        let jug = try await store.products.products(ProductQuery(words: "jug", limit: 1)).first
        #expect(jug?.available == 4)
        #expect(jug?.stockVersion == 1)
        #expect(jug?.product.price.amount == 900)
        await store.close()
    }
}
