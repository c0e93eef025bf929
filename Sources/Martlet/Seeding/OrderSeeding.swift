import Hub

/// Customers with an order in each status, for trying the shop out. Goes through the door that
/// clients use, after the products are there.
///
/// Every command has a key: played again, it changes nothing.
struct OrderSeeding: Sendable {
    /// Who bought what, by the number of the product, and how far the order is.
    private struct Sale: Sendable {
        let customer: String
        let lines: [(product: Int, quantity: Int64)]
        let steps: [String]
    }

    private static let sales: [Sale] = [
        Sale(customer: "ada", lines: [(0, 2), (1, 1)], steps: []),
        Sale(customer: "grace", lines: [(2, 1)], steps: ["pay"]),
        Sale(customer: "alan", lines: [(3, 1), (0, 1)], steps: ["pay", "pack"]),
        Sale(customer: "edsger", lines: [(1, 3)], steps: ["pay", "pack", "ship"]),
        Sale(customer: "barbara", lines: [(4, 1)], steps: ["pay", "pack", "ship", "deliver"]),
        Sale(customer: "donald", lines: [(5, 2)], steps: ["cancel"]),
        Sale(customer: "katherine", lines: [(2, 1), (3, 2)], steps: ["pay", "part"]),
        Sale(customer: "margaret", lines: [(4, 2)], steps: ["pay", "pack", "refund"]),
    ]

    private let performer: any Performer

    init(_ performer: any Performer) {
        self.performer = performer
    }

    /// How many orders there are now of the seed.
    func play(buying skus: [String]) async throws(Rejection) -> Int {
        guard !skus.isEmpty else { return 0 }
        for sale in Self.sales {
            let lines: [JSON] = sale.lines.map {
                [
                    "sku": .string(skus[$0.product % skus.count]), "quantity": .int($0.quantity),
                ]
            }
            let cart = try TopicID(cartOf: sale.customer)
            try await ask("setLines", cart, sale.customer, ["lines": .array(lines)])
            let bought = try await ask("checkout", cart, sale.customer, ["address": Self.address])
            guard let id = bought?["orderId"]?.string else { continue }
            for step in sale.steps { try await take(step, try TopicID(.order, id)) }
        }
        return Self.sales.count
    }

    private static let address: JSON = ["street": "Example Street 1", "city": "Bern"]

    private func take(_ step: String, _ order: TopicID) async throws(Rejection) {
        switch step {
        case "ship":
            try await ask(
                step,
                order,
                "shop",
                ["trackingNumber": "99.00.123456", "carrier": "Post"]
            )
        case "part":
            try await ask("refund", order, "shop", ["amount": 100, "reason": "Scratched."])
        default: try await ask(step, order, "shop", [:])
        }
    }

    /// Nil when it is so already, or too late for it.
    @discardableResult
    private func ask(
        _ action: String,
        _ topic: TopicID,
        _ user: String,
        _ data: JSON
    ) async throws(Rejection) -> JSON? {
        let ask = Ask(
            action: action,
            topic: topic,
            fields: ["data": data],
            key: "seed-\(action)",
            principal: Principal(user: user, isGuest: false, grants: .staff)
        )
        do throws(Rejection) {
            return try await performer.perform(ask)
        } catch {
            guard [.conflict, .illegalTransition, .insufficientStock].contains(error.code) else {
                throw error
            }
            return nil
        }
    }
}
