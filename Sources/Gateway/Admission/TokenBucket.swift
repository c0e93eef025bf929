import Hub

/// How much one may do: fills steadily up to a bound, and each command takes its cost out.
///
/// Counts in thousandths, so that a millisecond at a rate of one a second is a whole number and
/// nothing is lost by rounding. Sixteen bytes, as every connection has one.
package struct TokenBucket: Sendable, Hashable {
    /// How fast a bucket fills and how much it holds.
    package struct Rate: Sendable, Hashable {
        package let perSecond: Int64
        package let burst: Int64

        package static let maximum: Int64 = 1_000_000

        /// Both are clamped to 1…1,000,000.
        package init(perSecond: Int, burst: Int) {
            self.perSecond = min(max(1, Int64(perSecond)), Self.maximum)
            self.burst = min(max(1, Int64(burst)), Self.maximum)
        }
    }

    private var level: Int64
    private var filledAt: Timestamp

    /// A full bucket.
    package init(_ rate: Rate, at now: Timestamp) {
        level = rate.burst * 1_000
        filledAt = now
    }

    /// Takes the cost out, or takes nothing and says after how long it may be tried again.
    ///
    /// A cost above the burst is taken as the whole burst: it could never be paid otherwise.
    package mutating func take(_ cost: Int, _ rate: Rate, at now: Timestamp) -> Duration? {
        fill(rate, at: now)
        let price = Self.price(cost, rate)
        guard level < price else {
            level -= price
            return nil
        }
        let missing = price - level
        return .milliseconds((missing + rate.perSecond - 1) / rate.perSecond)
    }

    /// Puts back what was taken for a command that was refused elsewhere.
    package mutating func restore(_ cost: Int, _ rate: Rate) {
        level = min(rate.burst * 1_000, level + Self.price(cost, rate))
    }

    /// True when it may be forgotten: a new one would be no fuller.
    package mutating func isFull(_ rate: Rate, at now: Timestamp) -> Bool {
        fill(rate, at: now)
        return level >= rate.burst * 1_000
    }

    private static func price(_ cost: Int, _ rate: Rate) -> Int64 {
        min(Int64(max(0, cost)), rate.burst) * 1_000
    }

    /// A clock that was set back fills nothing and counts on from there.
    private mutating func fill(_ rate: Rate, at now: Timestamp) {
        let capacity = rate.burst * 1_000
        let elapsed = now.milliseconds.subtractingReportingOverflow(filledAt.milliseconds)
        filledAt = now
        guard !elapsed.overflow, elapsed.partialValue < capacity else {
            level = elapsed.partialValue > 0 ? capacity : level
            return
        }
        guard elapsed.partialValue > 0 else { return }
        // At most 10^9 milliseconds times 10^6 a second: no overflow.
        level = min(capacity, level + elapsed.partialValue * rate.perSecond)
    }
}
