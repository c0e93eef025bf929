/// Counts what a crowd in rooms gets, and how long it took.
final class CrowdTally: MemberListener {
    let violations = Violations()
    private(set) var deliveries = 0
    private(set) var acknowledged = 0
    private(set) var latency = Histogram()
    private(set) var resumption = Histogram()
    private(set) var joins = 0
    private(set) var ends = 0
    /// Latencies count only while this is set, and not those of members from this number on.
    var isMeasuring = false
    var firstUnmeasured = Int.max
    /// When all were told to come back; resumptions count from there.
    var returnStart: Int64?

    func memberJoined(_ member: Member) {
        joins += 1
        if let returnStart { resumption.add(Clock.now() - returnStart) }
    }

    func member(_ member: Member, delivered stamp: Stamp, at now: Int64) {
        deliveries += 1
        if isMeasuring, member.number < firstUnmeasured { latency.add(now - stamp.nanoseconds) }
    }

    func member(_ member: Member, acknowledged id: Int, position: Int, at now: Int64) {
        acknowledged += 1
    }

    func memberEnded(_ member: Member, _ reason: String) {
        ends += 1
    }

    func violated(_ sentence: String) {
        violations.add(sentence)
    }
}
