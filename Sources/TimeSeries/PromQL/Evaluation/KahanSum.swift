/// A sum that carries what rounding loses, after Kahan and Neumaier.
struct KahanSum {
    private(set) var sum = 0.0
    private var lost = 0.0

    /// The sum alone where it is infinite: what was lost is then no number.
    var value: Double { sum.isInfinite ? sum : sum + lost }

    mutating func add(_ value: Double) {
        let total = sum + value
        if sum.magnitude >= value.magnitude {
            lost += (sum - total) + value
        } else {
            lost += (value - total) + sum
        }
        sum = total
    }

    /// For where an infinite sum is to become NaN.
    var compensated: Double { sum + lost }
}
