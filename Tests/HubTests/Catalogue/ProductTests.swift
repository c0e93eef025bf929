import Testing

@testable import Hub

@Suite("Products")
struct ProductTests {
    private static let mug: JSON = [
        "title": "Mug", "description": "Holds\ntea", "category": "Kitchen", "image": "mug",
        "price": ["amount": 1290, "currency": "EUR"],
    ]

    @Test("A product is put whole by staff, read by all, and put again without a record")
    func put() async throws {
        let bench = StockBench()
        let topic = "product:mug"
        await #expect(throws: Rejection.self) {
            try await bench.user("put", Self.mug, on: topic)
        }
        await #expect(throws: Rejection.self) { try await bench.user("product", on: topic) }
        #expect(try await bench.staff("put", Self.mug, on: topic)["version"] == 1)
        #expect(try await bench.staff("put", Self.mug, on: topic)["version"] == 1)
        let product = try await bench.user("product", on: topic)
        #expect(product["title"] == "Mug")
        #expect(product["price"] == ["amount": 1290, "currency": "EUR"])
        #expect(product["active"] == true)
        let id = try TopicID(topic)
        let records = try await bench.journal.read(id, after: 0, limit: .max)
        #expect(records.map(\.type) == ["product_updated"])
    }

    @Test(
        "What is no product is refused",
        arguments: [
            ("title", JSON.string("")), ("title", .null), ("price", .null),
            ("price", ["amount": -1, "currency": "EUR"]),
            ("price", ["amount": 1, "currency": "XXX"]), ("price", ["amount": 1]),
            ("image", "javascript:alert(1)"), ("image", "//elsewhere/x.png"),
            ("active", "yes"), ("category", .string(String(repeating: "x", count: 65))),
        ] as [(String, JSON)]
    )
    func refused(name: String, value: JSON) async throws {
        guard case .object(let members) = Self.mug else { return }
        let changed = members.filter { $0.key != name } + [JSON.Member(name, value)]
        #expect(throws: Rejection.self) {
            try ProductCommand("put", ["data": .object(changed)])
        }
    }

    @Test("Lists have what is for sale, with what is left of it, in pages")
    func list() async throws {
        let bench = StockBench()
        for name in ["a", "b", "c", "d"] {
            guard case .object(var members) = Self.mug else { return }
            if name == "c" { members.append(JSON.Member("active", false)) }
            _ = try await bench.staff("put", .object(members), on: "product:\(name)")
        }
        _ = try await bench.staff("receive", ["quantity": 9], on: "item:b")
        _ = try await bench.user("reserve", ["quantity": 2], on: "item:b")
        let first = try await bench.perform([
            StockBench.ask("products", nil, ["limit": 2, "q": "TEA mu", "category": "Kitchen"])
        ])[0].get()
        let names = first["products"]?.array?.map { $0["productId"]?.string }
        #expect(names == ["a", "b"])
        #expect(first["products"]?.array?.last?["stock"] == ["available": 7, "version": 2])
        #expect(first["more"] == true)
        let rest = try await bench.perform([
            StockBench.ask("products", nil, ["after": first["next"] ?? .null])
        ])[0].get()
        #expect(rest["products"]?.array?.map { $0["productId"]?.string } == ["d"])
        #expect(rest["more"] == false)
        let staff = try await bench.perform([
            StockBench.ask("products", nil, ["inactive": true], isStaff: true)
        ])[0].get()
        #expect(staff["products"]?.array?.count == 4)
    }
}
