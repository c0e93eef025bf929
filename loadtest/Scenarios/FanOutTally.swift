/// Counts who has got which post, and posts the next when all have: so many are always on the way.
final class FanOutTally: MemberListener {
    private let memberCount: Int
    private let inFlight: Int
    private let contentBytes: Int
    let violations = Violations()
    /// How many members got the post with that sequence, modulo the ring's size.
    private var receivers: [Int32]
    private(set) var posted = 0
    private(set) var completed = 0
    private(set) var deliveries = 0
    private(set) var acknowledged = 0
    private(set) var latency = Histogram()
    private(set) var isPosting = false
    /// Latencies count only while this is set.
    var isMeasuring = false
    var publisher: Member?

    init(memberCount: Int, inFlight: Int, contentBytes: Int) {
        self.memberCount = memberCount
        self.inFlight = inFlight
        self.contentBytes = contentBytes
        receivers = Array(repeating: 0, count: max(1024, inFlight * 2))
    }

    func begin() {
        isPosting = true
        while posted - completed < inFlight { post() }
    }

    func stop() {
        isPosting = false
    }

    private func post() {
        posted += 1
        receivers[posted % receivers.count] = 0
        let stamp = Stamp(
            publisher: 0,
            sequence: UInt32(truncatingIfNeeded: posted),
            nanoseconds: Clock.now()
        )
        publisher?.post(stamp.content(byteCount: contentBytes), id: posted)
    }

    func member(_ member: Member, delivered stamp: Stamp, at now: Int64) {
        deliveries += 1
        if isMeasuring { latency.add(now - stamp.nanoseconds) }
        let place = Int(stamp.sequence) % receivers.count
        receivers[place] += 1
        guard receivers[place] == Int32(memberCount) else { return }
        completed += 1
        if isPosting { post() }
    }

    func member(_ member: Member, acknowledged id: Int, position: Int, at now: Int64) {
        acknowledged += 1
    }

    func memberEnded(_ member: Member, _ reason: String) {}

    func violated(_ sentence: String) {
        violations.add(sentence)
    }
}
