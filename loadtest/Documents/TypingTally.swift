/// Counts letters that arrived, and how long they were under way.
final class TypingTally {
    let violations = Violations()
    var typists: [Typist] = []
    private(set) var deliveries = 0
    private(set) var latency = Histogram()
    var isMeasuring = false
    /// Connections may end now.
    var isParting = false

    func took(_ letter: Int, of sender: Int, at now: Int64) {
        deliveries += 1
        guard isMeasuring else { return }
        let due = typists[sender].due
        if letter < due.count { latency.add(now - due[letter]) }
    }
}
