/// Who takes part in a run of `CheckingOut`: customers that fill carts and order, and staff.
final class OrderingCrowd {
    let violations = Violations()
    let staff: Customer
    private let customers: [Customer]
    private let lines: Int
    private(set) var orders = 0
    private(set) var latency = Histogram()
    /// Pieces that were ordered, by product.
    private(set) var ordered: [Int]
    /// Carts that are being filled or ordered.
    private(set) var underWay = 0
    var isOrdering = true
    var isMeasuring = false
    private var dice: Dice

    init(_ settings: CheckingOut.Settings) {
        let masks = MaskSupply(seed: settings.seed)
        let violations = violations
        customers = (1...settings.customers).map {
            Customer(number: $0, name: "c\($0)", masks: masks, violations: violations)
        }
        staff = Customer(number: 0, name: "staff", masks: masks, violations: violations)
        lines = settings.lines
        ordered = Array(repeating: 0, count: settings.products)
        dice = Dice(seed: settings.seed)
    }

    var all: [Customer] { [staff] + customers }

    func begin() {
        for customer in customers { fill(customer) }
    }

    private func fill(_ customer: Customer) {
        guard isOrdering else { return }
        underWay += 1
        var products: Set<Int> = []
        while products.count < lines { products.insert(Int(dice.next() % UInt64(ordered.count))) }
        let list = products.map { "{\"sku\":\"load-\($0)\",\"quantity\":1}" }
        let cart = "cart:c\(customer.number)"
        customer.ask("setLines", cart, "\"lines\":[\(list.joined(separator: ","))]") {
            [self] answer, _ in
            require(answer, "setLines")
            customer.ask("checkout", cart) { [self] answer, time in
                settle(products, customer, answer, time)
            }
        }
    }

    private func settle(
        _ products: Set<Int>,
        _ customer: Customer,
        _ answer: Customer.Answer,
        _ nanoseconds: Int64
    ) {
        underWay -= 1
        require(answer, "checkout")
        guard answer.isOK else { return }
        violations.require(
            answer.string("orderId") != nil && answer.string("status") == "awaiting_payment",
            "An order is \(answer.string("status") ?? "without a status")"
        )
        orders += 1
        for product in products { ordered[product] += 1 }
        if isMeasuring { latency.add(nanoseconds) }
        fill(customer)
    }

    func require(_ answer: Customer.Answer, _ what: String) {
        violations.require(
            answer.isOK,
            "\(what): \(String(decoding: answer.text, as: UTF8.self))"
        )
    }

    /// A product with a price, and enough of it.
    func furnish(_ product: Int, pieces: Int) {
        staff.ask(
            "put",
            "product:load-\(product)",
            "\"title\":\"Product \(product)\",\"active\":true,"
                + "\"price\":{\"amount\":\(100 + product),\"currency\":\"EUR\"}"
        ) { [self] answer, _ in require(answer, "put") }
        staff.ask("receive", "item:load-\(product)", "\"quantity\":\(pieces)") {
            [self] answer, _ in require(answer, "receive")
        }
    }

    /// What is reserved of a product must be what was ordered.
    func check(_ product: Int) {
        staff.ask("stock", "item:load-\(product)") { [self] answer, _ in
            violations.require(
                answer.int("reserved") == ordered[product],
                "Of product \(product) \(ordered[product]) were ordered and "
                    + "\(answer.int("reserved") ?? -1) are reserved"
            )
        }
    }
}
