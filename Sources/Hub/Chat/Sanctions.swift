/// Users who are banned or muted, each until a time or for good.
struct Sanctions: Sendable, Hashable {
    private struct Sanction: Sendable, Hashable {
        var until: Timestamp?

        func holds(at time: Timestamp) -> Bool { until.map { $0 > time } ?? true }
    }

    private var sanctions: [String: Sanction] = [:]

    /// Sorted by user.
    var list: [(user: String, until: Timestamp?)] {
        sanctions.map { ($0.key, $0.value.until) }.sorted { $0.0 < $1.0 }
    }

    func hold(_ user: String, at time: Timestamp) -> Bool {
        sanctions[user]?.holds(at: time) ?? false
    }

    /// Until when: nil when nothing holds, `.some(nil)` when it is for good.
    func end(for user: String, at time: Timestamp) -> Timestamp?? {
        guard let sanction = sanctions[user], sanction.holds(at: time) else { return nil }
        return .some(sanction.until)
    }

    /// True when one more would be too many; those that are over don't count.
    func isFull(at time: Timestamp) -> Bool {
        sanctions.count >= ChatLimits.sanctions
            && sanctions.values.count { $0.holds(at: time) } >= ChatLimits.sanctions
    }

    mutating func set(_ user: String, until: Timestamp?, at time: Timestamp) {
        if sanctions.count >= ChatLimits.sanctions {
            sanctions = sanctions.filter { $0.value.holds(at: time) }
        }
        sanctions[user] = Sanction(until: until)
    }

    mutating func lift(_ user: String) { sanctions[user] = nil }
}
