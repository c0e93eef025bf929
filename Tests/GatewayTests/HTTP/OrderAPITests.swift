import Hub
import Testing

@testable import Gateway

@Suite("Carts and orders over REST")
struct OrderAPITests {
    private func ask(
        _ plane: RunningPlane,
        _ line: String,
        _ json: String? = nil,
        by token: String? = "ada",
        _ fields: String...
    ) async throws -> (reply: Reply, json: JSON) {
        let parts = line.split(separator: " ").map(String.init)
        let isRead = parts[0] == "GET" || parts[0] == "DELETE"
        var text = "\(parts[0]) \(parts[1]) HTTP/1.1\r\nHost: hub.example\r\n"
        if let token { text += "Authorization: Bearer \(token)\r\n" }
        for field in fields { text += field + "\r\n" }
        let body = isRead ? "" : json ?? "{}"
        if !isRead {
            text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        let reply = try await plane.ask(text + "\r\n" + body)
        return (reply, try JSONParser.parse(Array(reply.text.utf8)))
    }

    @Test("A customer fills a cart, checks it out, and staff sends the order")
    func wholeWay() async throws {
        try await ShopHub.with { hub, plane in
            try await hub.stock("tea/green", 10, price: 450)
            let set = try await ask(plane, "PUT /api/cart/lines/tea%2Fgreen", #"{"quantity":2}"#)
            #expect(set.reply.status == 200)
            #expect(set.json["version"] == 1)
            let cart = try await ask(plane, "GET /api/cart").json
            #expect(cart["lines"]?.array?.first?["title"] == "The tea/green")
            #expect(cart["subtotal"] == ["amount": 900, "currency": "EUR"])
            let wrong = try await ask(
                plane,
                "POST /api/cart/checkout",
                #"{"expectedTotal":899}"#
            )
            #expect(wrong.reply.status == 409)
            #expect(wrong.json["error"]?["code"] == "total_changed")
            let placed = try await ask(
                plane,
                "POST /api/cart/checkout",
                #"{"expectedTotal":900,"address":{"city":"Bern"}}"#,
                by: "ada",
                "Idempotency-Key: c-1"
            )
            #expect(placed.reply.status == 201)
            let order = try #require(placed.json["orderId"]?.string)
            #expect(placed.reply["location"] == "/api/orders/\(order)")
            let again = try await ask(
                plane,
                "POST /api/cart/checkout",
                "{}",
                by: "ada",
                "Idempotency-Key: c-1"
            )
            #expect(again.json["orderId"]?.string == order)
            let path = "/api/orders/\(order)"
            let seen = try await ask(plane, "GET \(path)").json
            #expect(seen["address"] == ["city": "Bern"])
            #expect(seen["status"] == "awaiting_payment")
            for (step, body, status) in [
                ("pay", #"{"reference":"p1"}"#, "paid"), ("pack", "{}", "packed"),
                ("ship", #"{"trackingNumber":"T1","estimatedDelivery":5}"#, "shipped"),
                ("deliver", "{}", "delivered"),
                ("refund", #"{"lines":[{"sku":"tea/green","quantity":1}]}"#, "partially_refunded"),
                ("refund", "{}", "refunded"),
            ] {
                let reply = try await ask(plane, "POST \(path)/\(step)", body, by: "staff")
                #expect(reply.reply.status == 200, "\(step): \(reply.json)")
                #expect(reply.json["status"]?.string == status)
            }
            let late = try await ask(plane, "POST \(path)/cancel", "{}", by: "staff")
            #expect(late.reply.status == 409)
            #expect(late.json["error"]?["code"] == "illegal_transition")
            let log = try await ask(plane, "GET /api/log/order:\(order)")
            #expect(log.json["events"]?.array?.first?["event"] == "order_placed")
        }
    }

    @Test("Too few pieces are 409 with how many there are, and the order can't be had")
    func insufficient() async throws {
        try await ShopHub.with { hub, plane in
            try await hub.stock("tea", 1, price: 450)
            _ = try await ask(plane, "PUT /api/cart", #"{"lines":[{"sku":"tea","quantity":2}]}"#)
            let refused = try await ask(plane, "POST /api/cart/checkout")
            #expect(refused.reply.status == 409)
            #expect(refused.json["error"]?["code"] == "insufficient_stock")
            #expect(refused.json["error"]?["retry"] == false)
            _ = try await ask(plane, "DELETE /api/cart/lines/tea")
            let empty = try await ask(plane, "POST /api/cart/checkout")
            #expect(empty.json["error"]?["code"] == "conflict")
        }
    }

    @Test("Strangers see nothing of an order, customers don't run the shop, staff sees all")
    func roles() async throws {
        try await ShopHub.with { hub, plane in
            try await hub.stock("tea", 10, price: 450)
            _ = try await ask(plane, "PUT /api/cart/lines/tea", #"{"quantity":1}"#)
            let placed = try await ask(plane, "POST /api/cart/checkout").json
            let path = "/api/orders/\(try #require(placed["orderId"]?.string))"
            for line in ["GET \(path)", "POST \(path)/cancel"] {
                #expect(try await ask(plane, line, by: "bob").reply.status == 404)
            }
            for step in ["pay", "pack", "deliver", "refund"] {
                let reply = try await ask(plane, "POST \(path)/\(step)")
                #expect(reply.reply.status == 403, "\(step)")
            }
            let others = try await ask(plane, "GET /api/orders?user=ada", by: "bob")
            #expect(others.reply.status == 403)
            let own = try await ask(plane, "GET /api/orders").json
            #expect(own["orders"]?.array?.count == 1)
            #expect(try await ask(plane, "GET /api/orders", by: "bob").json["orders"] == [])
            let all = try await ask(plane, "GET /api/orders?user=*&limit=1", by: "staff").json
            #expect(all["orders"]?.array?.first?["user"] == "ada")
            let paid = try await ask(plane, "GET /api/orders?user=*&status=paid", by: "staff").json
            #expect(paid["orders"] == [])
            let none = try await ask(plane, "GET /api/orders?status=gone", by: "staff")
            #expect(none.reply.status == 400)
            let cancelled = try await ask(plane, "POST \(path)/cancel", #"{"reason":"no"}"#)
            #expect(cancelled.json["status"] == "cancelled")
        }
    }

    @Test("A guest's cart is taken over after the login")
    func merge() async throws {
        try await ShopHub.with { hub, plane in
            try await hub.stock("tea", 10, price: 450)
            let name = "X-Martlet-Name: guest-9"
            _ = try await ask(
                plane,
                "PUT /api/cart/lines/tea",
                #"{"quantity":2}"#,
                by: nil,
                name
            )
            let offer = try await ask(plane, "POST /api/cart/merge-token", "{}", by: nil, name)
            let token = try #require(offer.json["mergeToken"]?.string)
            let wish = #"{"from":"guest-9","mergeToken":"\#(token)"}"#
            let merged = try await ask(plane, "POST /api/cart/merge", wish)
            #expect(merged.reply.status == 200)
            let cart = try await ask(plane, "GET /api/cart").json
            #expect(cart["lines"]?.array?.first?["quantity"] == 2)
            let stolen = try await ask(
                plane,
                "POST /api/cart/merge",
                #"{"from":"ada","mergeToken":"\#(token)"}"#,
                by: "bob"
            )
            #expect(stolen.reply.status == 404)
        }
    }
}
