/// How often a view may look in vain: a few times in a row at once, and so many times a second in
/// the long run. What others push then costs no more than that, and what is looked for is seen at
/// once as long as they push little.
struct LookBudget: Sendable {
    private static let burst: Int64 = 10
    /// Milliseconds that each look costs in the long run.
    private static let interval: Int64 = 50

    /// Until when the looks so far are paid for.
    private var paidUntil: Int64 = .min

    /// How long to wait before the next look.
    mutating func pause(at now: Timestamp) -> Duration {
        let time = now.milliseconds
        paidUntil = max(paidUntil, time - Self.burst * Self.interval) + Self.interval
        return .milliseconds(max(0, paidUntil - time))
    }
}
