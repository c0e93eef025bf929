/// Counts what is acknowledged, and what was sold of each item.
final class BuyingTally {
    let violations = Violations()
    private(set) var acknowledged = 0
    private(set) var latency = Histogram()
    var sold: [Int]
    var isMeasuring = false

    init(items: Int) {
        sold = Array(repeating: 0, count: items)
    }

    static func topic(_ item: Int) -> String { "item:load-\(item)" }

    func count(_ action: String, _ answer: Customer.Answer, after nanoseconds: Int64) {
        guard answer.isOK else {
            return violations.add("\(action): \(String(decoding: answer.text, as: UTF8.self))")
        }
        acknowledged += 1
        if isMeasuring { latency.add(nanoseconds) }
    }

    /// What the hub says there is must be what was put in less what was acknowledged as sold.
    func check(_ answer: Customer.Answer, of item: Int, received: Int) {
        violations.require(
            answer.int("onHand") == received - sold[item] && answer.int("reserved") == 0,
            "Of \(received) pieces \(sold[item]) were sold, and item \(item) says "
                + String(decoding: answer.text, as: UTF8.self)
        )
    }
}
