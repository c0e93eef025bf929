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

    var customers: [Customer] { [staff] + buyers.map(\.customer) }
}
