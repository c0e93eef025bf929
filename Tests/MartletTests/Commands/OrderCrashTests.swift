import Dispatch
import Glibc
import Hub
import Storage
import Synchronization
import Testing

@testable import Martlet

/// If these fail, a hub that is killed sells what it has not, or forgets what it was paid for.
@Suite("Checkouts of a hub that is killed", .serialized)
struct OrderCrashTests {
    private static let skus = ["tea", "cup", "hat"]
    private static let pieces: Int64 = 150
    private static let rounds = 20
    private static let buyers = 4

    @Test(
        "After kill -9 amid checkouts every acknowledged order is there, and no piece is sold twice"
    )
    func kill() async throws {
        let place = try Workplace()
        var shop = ShopAtRest(directory: place.file("data"))
        try await shop.fill(Self.skus, Self.pieces)
        let told = Told()
        for round in 0..<Self.rounds {
            try await Self.buy(until: told.answers + 3 + round % 5, round, shop.directory, told)
        }
        shop.ahead = OrderSummary.patience + 1
        let acknowledged = told.orders.withLock { $0 }
        #expect(acknowledged.count >= Self.rounds)
        try await shop.with { router, store in
            for _ in 0..<20 {
                guard try await router.resumeOrders() > 0 else { break }
            }
            try await Self.count(router, store, acknowledged)
        }
    }

    /// Compares the orders with the stock, and both with what buyers were told.
    private static func count(
        _ router: Router,
        _ store: Store,
        _ acknowledged: [String: Bool]
    ) async throws {
        var sold: [String: Int64] = [:]
        var held: [String: Int64] = [:]
        let orders = try await store.orders.orders(OrderQuery(limit: 100_000))
        let statuses = Dictionary(uniqueKeysWithValues: orders.map { ($0.orderID, $0.status) })
        for (order, isPaid) in acknowledged {
            let status = statuses[order]
            #expect(
                status == .paid || status == .awaitingPayment && !isPaid,
                "\(order) was acknowledged, paid: \(isPaid)"
            )
        }
        for order in orders {
            #expect([.paid, .awaitingPayment, .cancelled].contains(order.status))
            let reply = try await ShopAtRest.tell(router, "order", "order:\(order.orderID)")
            let view = try JSONParser.parse(reply.encoded())
            for line in view["lines"]?.array ?? [] {
                let sku = try #require(line["sku"]?.string)
                let quantity = try #require(line["quantity"]?.int)
                if order.status == .paid { sold[sku, default: 0] += quantity }
                if order.status == .awaitingPayment { held[sku, default: 0] += quantity }
            }
        }
        for sku in skus {
            let stock = try await ShopAtRest.tell(router, "stock", "item:\(sku)")
            #expect(stock["onHand"]?.int == pieces - sold[sku, default: 0])
            #expect(stock["reserved"]?.int == held[sku, default: 0])
            #expect(sold[sku, default: 0] + held[sku, default: 0] <= pieces)
        }
    }

    /// Lets buyers buy until so many checkouts were answered, and kills the hub amid them.
    private static func buy(
        until enough: Int,
        _ round: Int,
        _ data: String,
        _ told: Told
    ) async throws {
        let hub = try MartletProcess([
            "serve", "--port", "0", "--data", data, "--set", "drain=0", "--set", "unlimited=true",
        ])
        let line = try #require(try hub.announcement())
        let address = try #require(line.split(separator: " ").first { $0.hasPrefix("http") })
        let port = try #require(Int(address.split(separator: ":").last ?? ""))
        await withTaskGroup(of: Void.self) { group in
            for buyer in 0..<buyers {
                group.addTask {
                    await withCheckedContinuation { continuation in
                        DispatchQueue.global().async {
                            buy(from: port, "r\(round)-b\(buyer)", told)
                            continuation.resume()
                        }
                    }
                }
            }
            for _ in 0..<2_000 where told.answers < enough {
                try? await Task.sleep(for: .milliseconds(2))
            }
            hub.send(SIGKILL)
        }
        // Until it is gone the directory is its own.
        _ = try hub.outcome()
    }

    /// One order after another, each by someone else, until the hub is gone.
    private static func buy(from port: Int, _ name: String, _ told: Told) {
        guard let connection = PlainConnection(port: port) else { return }
        for number in 0..<10_000 {
            let user = "?name=\(name)-\(number)"
            let lines = skus.prefix(1 + number % 3).map { sku in
                #"{"sku":"\#(sku)","quantity":\#(1 + number % 2)}"#
            }
            let cart = #"{"lines":[\#(lines.joined(separator: ","))]}"#
            guard ask(connection, "PUT", "/api/cart\(user)", cart) != nil,
                let reply = ask(connection, "POST", "/api/cart/checkout\(user)", "{}")
            else { return }
            told.count.wrappingAdd(1, ordering: .relaxed)
            guard reply.status == 201,
                let order = try? JSONParser.parse(reply.body)["orderId"]?.string
            else { continue }
            told.orders.withLock { $0[order] = false }
            guard number % 2 == 0 else { continue }
            let paid = ask(connection, "POST", "/api/orders/\(order)/pay\(user)", "{}")
            if paid?.status == 200 { told.orders.withLock { $0[order] = true } }
        }
    }

    private static func ask(
        _ connection: PlainConnection,
        _ method: String,
        _ path: String,
        _ json: String
    ) -> PlainConnection.Reply? {
        connection.ask(method, path, Array(json.utf8), type: "application/json")
    }

    /// The orders that the hub acknowledged, and whether their payments were.
    private final class Told: Sendable {
        let orders = Mutex<[String: Bool]>([:])

        let count = Atomic<Int>(0)

        /// How many checkouts were answered, the refused ones included.
        var answers: Int { count.load(ordering: .relaxed) }
    }
}
