import Hub
import Testing

@testable import Gateway

@Suite("REST of items and products")
struct StockAPITests {
    private static let staff = Principal(user: "clerk", isGuest: false, grants: .staff)
    private static let buyer = Principal(
        user: "ada",
        isGuest: false,
        grants: Grants(rules: [
            Grants.Rule(pattern: "item:*", actions: ["join", "reserve"]),
            Grants.Rule(pattern: "product:*", actions: ["join"]),
        ])
    )

    private static func settings(
        _ performer: ScriptedPerformer = ScriptedPerformer()
    ) -> RunningPlane.Settings {
        .init(
            performer: performer,
            door: ScriptedDoor(tokens: ["clerk": staff, "ada": buyer], letsGuestsIn: false)
        )
    }

    private static let lines: [(String, String, String, String?, String)] = [
        ("GET /api/items?after=a&limit=3", "", "items", nil, #"{"after":"a","limit":3}"#),
        ("GET /api/items/a%2Fb", "", "stock", "item:a/b", "{}"),
        (
            "POST /api/items/a/receive", #"{"quantity":3,"reference":"n"}"#, "receive", "item:a",
            #"{"data":{"quantity":3,"reference":"n"}}"#
        ),
        (
            "POST /api/items/a/adjust", #"{"delta":-1,"reason":"broken"}"#, "adjust", "item:a",
            #"{"data":{"delta":-1,"reason":"broken"}}"#
        ),
        (
            "POST /api/items/a/threshold", #"{"lowStock":3}"#, "setThreshold", "item:a",
            #"{"data":{"lowStock":3}}"#
        ),
        (
            "POST /api/items/a/reservations", #"{"quantity":1,"ttlSeconds":60}"#, "reserve",
            "item:a", #"{"data":{"quantity":1,"ttlSeconds":60}}"#
        ),
        (
            "GET /api/items/a/holds?after=7.a&limit=9", "", "holds", "item:a",
            #"{"after":"7.a","limit":9}"#
        ),
        (
            "GET /api/items/a/moves?after=7&limit=9", "", "moves", "item:a",
            #"{"after":7,"limit":9}"#
        ),
        (
            "POST /api/reservations/7.a.b%2Fc/commit", #"{"order":"o-1"}"#, "commit",
            "item:a.b/c", #"{"data":{"reservationId":"7.a.b/c","order":"o-1"}}"#
        ),
        (
            "POST /api/reservations/7.a/release", #"{"reason":"no"}"#, "release", "item:a",
            #"{"data":{"reservationId":"7.a","reason":"no"}}"#
        ),
        (
            "POST /api/reservations/7.a/extend", #"{"ttlSeconds":60}"#, "extend", "item:a",
            #"{"data":{"reservationId":"7.a","ttlSeconds":60}}"#
        ),
        (
            "GET /api/products?q=a+b&category=C&after=x&limit=2", "", "products", nil,
            #"{"q":"a b","category":"C","after":"x","limit":2}"#
        ),
        ("GET /api/products/a", "", "product", "product:a", "{}"),
        (
            "PUT /api/products/a",
            #"{"title":"T","price":{"amount":1,"currency":"EUR"},"active":false}"#, "put",
            "product:a",
            #"{"data":{"title":"T","price":{"amount":1,"currency":"EUR"},"active":false}}"#
        ),
    ]

    @Test("Each line of the table asks its action with each field in its place", arguments: lines)
    func table(
        line: String,
        body: String,
        action: String,
        topic: String?,
        fields: String
    ) async throws {
        try await RunningPlane.with(Self.settings()) { plane in
            let parts = line.split(separator: " ").map(String.init)
            let reply = try await plane.ask(Self.request(parts[0], parts[1], body, as: "clerk"))
            #expect(reply.status == 200)
            let ask = try #require(plane.performer.asks.first)
            #expect(ask.action == action)
            #expect(ask.topic?.text == topic)
            #expect(String(decoding: ask.fields.encoded(), as: UTF8.self) == fields)
        }
    }

    @Test(
        "Who may set pieces aside may give them back, and neither take nor count them",
        arguments: [
            ("POST /api/items/a/reservations", 200), ("POST /api/reservations/7.a/release", 200),
            ("GET /api/items/a", 200), ("GET /api/products/a", 200),
            ("POST /api/reservations/7.a/commit", 403), ("POST /api/items/a/receive", 403),
            ("GET /api/items/a/moves", 403), ("PUT /api/products/a", 403),
            ("POST /api/reservations/a/commit", 404), ("POST /api/reservations/7.%20/commit", 404),
        ]
    )
    func grants(line: String, status: Int) async throws {
        let body = #"{"quantity":1,"title":"T","price":{"amount":1,"currency":"EUR"}}"#
        try await RunningPlane.with(Self.settings()) { plane in
            let parts = line.split(separator: " ").map(String.init)
            let sent = parts[0] == "GET" ? "" : body
            let reply = try await plane.ask(Self.request(parts[0], parts[1], sent, as: "ada"))
            #expect(reply.status == status)
        }
    }

    @Test("What isn't there is 409 and says how much there is; a key goes with the command")
    func insufficient() async throws {
        let performer = ScriptedPerformer { _ throws(Rejection) in
            throw Rejection(.insufficientStock, "Not enough in stock: 2 available.")
        }
        try await RunningPlane.with(Self.settings(performer)) { plane in
            let reply = try await plane.ask(
                Requests.make(
                    "POST",
                    "/api/items/a/reservations",
                    json: #"{"quantity":3}"#,
                    "Authorization: Bearer ada",
                    "Idempotency-Key: k1"
                )
            )
            #expect(reply.status == 409)
            #expect(reply.text.contains(#""code":"insufficient_stock""#))
            #expect(reply.text.contains("2 available"))
            #expect(performer.asks.first?.key == "k1")
        }
    }

    private static func request(
        _ method: String,
        _ path: String,
        _ body: String,
        as user: String
    ) -> String {
        let token = "Authorization: Bearer \(user)"
        guard !body.isEmpty else { return Requests.make(method, path, token) }
        return Requests.make(method, path, json: body, token)
    }
}
