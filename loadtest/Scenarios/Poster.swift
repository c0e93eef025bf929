/// A publisher that keeps a number of posts unacknowledged, and sends those that were under way
/// again, with the same keys, when it comes back from a broken connection.
final class Poster {
    let member: Member
    private let tongue: HubTongue
    private let window: Int
    private let contentBytes: Int
    private var keys: KeySource
    private var underWay: [(sequence: Int, key: String)] = []
    private(set) var sent = 0
    /// The position of each acknowledged post; the first is at index 0.
    private(set) var positions: [Int] = []
    private(set) var acknowledged = 0
    var isPosting = false
    /// How many posts it makes at the most.
    var limit = Int.max

    init(_ member: Member, _ tongue: HubTongue, window: Int, contentBytes: Int, keys: KeySource) {
        self.member = member
        self.tongue = tongue
        self.window = window
        self.contentBytes = contentBytes
        self.keys = keys
    }

    var unacknowledged: Int { underWay.count }

    func begin() {
        isPosting = true
        for post in underWay { send(post.sequence, post.key) }
        fill()
    }

    private func fill() {
        while isPosting, underWay.count < window, sent < limit, member.isJoined {
            sent += 1
            let key = keys.next()
            underWay.append((sent, key))
            send(sent, key)
        }
    }

    private func send(_ sequence: Int, _ key: String) {
        let stamp = Stamp(
            publisher: UInt32(member.number),
            sequence: UInt32(sequence),
            nanoseconds: Clock.now()
        )
        let content = stamp.content(byteCount: contentBytes)
        member.send(tongue.post(content, to: member.room, id: sequence, key: key))
    }

    /// False: nobody waits for that acknowledgement.
    func acknowledge(_ sequence: Int, position: Int) -> Bool {
        guard let index = underWay.firstIndex(where: { $0.sequence == sequence }) else {
            return false
        }
        underWay.remove(at: index)
        while positions.count < sequence { positions.append(-1) }
        positions[sequence - 1] = position
        acknowledged += 1
        fill()
        return true
    }
}
