/// A customer that reserves one of something and commits it, again and again. Each of several
/// purchases under way has a holder of its own, because a holder has one hold of an item.
final class Buyer {
    let customer: Customer
    private let items: Int
    private let tally: BuyingTally
    private var dice: Dice
    private var keys: KeySource
    private(set) var underWay = 0
    private(set) var bought = 0
    var isBuying = false

    init(_ customer: Customer, items: Int, tally: BuyingTally, seed: UInt64) {
        self.customer = customer
        self.items = items
        self.tally = tally
        dice = Dice(seed: seed)
        keys = KeySource(seed: dice.next(), startingAt: 1_700_000_000_000)
    }

    func begin(inFlight: Int) {
        isBuying = true
        for number in 0..<inFlight {
            buy(for: inFlight == 1 ? "" : ",\"holder\":\"\(customer.number)-\(number)\"")
        }
    }

    private func buy(for holder: String) {
        guard isBuying else { return }
        underWay += 1
        let item = Int(dice.next() % UInt64(items))
        let topic = BuyingTally.topic(item)
        customer.ask(
            "reserve",
            topic,
            "\"quantity\":1,\"ttlSeconds\":600\(holder)",
            key: keys.next()
        ) {
            [self] answer, time in
            tally.count("reserve", answer, after: time)
            guard answer.isOK, let hold = answer.string("reservationId") else {
                underWay -= 1
                return
            }
            customer.ask("commit", topic, "\"reservationId\":\"\(hold)\"", key: keys.next()) {
                [self] answer, time in
                tally.count("commit", answer, after: time)
                if answer.isOK {
                    tally.sold[item] += 1
                    bought += 1
                }
                underWay -= 1
                buy(for: holder)
            }
        }
    }
}
