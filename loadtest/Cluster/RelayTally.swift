/// When a post was seen on its own node and on others, and what lies between.
final class RelayTally: MemberListener {
    /// Which post, of which publisher.
    private struct Post: Hashable {
        let publisher: UInt32
        let sequence: UInt32
    }

    /// What the first of both to see a post leaves for the other.
    private enum Sight {
        case atHome(Int64)
        case away(Int64)
    }

    let violations = Violations()
    private(set) var home = Histogram()
    private(set) var away = Histogram()
    /// From a post's delivery on its own node to that on another; nothing when that came first.
    private(set) var between = Histogram()
    private(set) var deliveries = 0
    private(set) var acknowledged = 0
    private var seen: [Post: Sight] = [:]
    /// Latencies count only while this is set.
    var isMeasuring = false
    private let firstAway: Int

    /// Members from that number on are not on the publishers' node.
    init(firstAway: Int) {
        self.firstAway = firstAway
    }

    func member(_ member: Member, delivered stamp: Stamp, at now: Int64) {
        deliveries += 1
        guard isMeasuring else { return }
        let post = Post(publisher: stamp.publisher, sequence: stamp.sequence)
        let isHome = member.number < firstAway
        if isHome { home.add(now - stamp.nanoseconds) } else { away.add(now - stamp.nanoseconds) }
        switch seen.removeValue(forKey: post) {
        case .atHome(let time): between.add(max(now - time, 0))
        case .away: between.add(0)
        case nil: seen[post] = isHome ? .atHome(now) : .away(now)
        }
    }

    func member(_ member: Member, acknowledged id: Int, position: Int, at now: Int64) {
        acknowledged += 1
    }

    func memberEnded(_ member: Member, _ reason: String) {}

    func violated(_ sentence: String) {
        violations.add(sentence)
    }
}
