/// Who takes part in a run of `Buying`: the buyers, and staff that counts the stock.
final class BuyingCrowd {
    let tally: BuyingTally
    let staff: Customer
    let buyers: [Buyer]

    init(_ settings: Buying.Settings) {
        let tally = BuyingTally(items: settings.items)
        let masks = MaskSupply(seed: settings.seed)
        var dice = Dice(seed: settings.seed)
        let violations = tally.violations
        self.tally = tally
        staff = Customer(
            number: settings.customers,
            name: "staff",
            masks: masks,
            violations: violations
        )
        buyers = (0..<settings.customers).map { number in
            let customer = Customer(
                number: number,
                name: "b\(number)",
                masks: masks,
                violations: violations
            )
            return Buyer(customer, items: settings.items, tally: tally, seed: dice.next())
        }
    }

    /// How many purchases the node that has had the fewest has had, of all.
    func smallestShare(of nodes: Int) -> Double {
        var bought = Array(repeating: 0, count: nodes)
        for buyer in buyers { bought[buyer.customer.number % nodes] += buyer.bought }
        return Double(bought.min() ?? 0) / Double(max(bought.reduce(0, +), 1))
    }

    var customers: [Customer] { [staff] + buyers.map(\.customer) }
}
