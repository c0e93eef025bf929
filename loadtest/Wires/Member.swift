import Reactor

/// One client of a run: joins a room, or only posts, and checks that what it gets is complete, in
/// order and without repeats: by position, and by each publisher's own count.
final class Member: WireListener {
    enum Role { case reader, publisher, both }

    let number: Int
    let room: Int
    let role: Role
    private let tongue: any Tongue
    private let masks: MaskSupply
    private let listener: any MemberListener
    private(set) var wire: Wire?
    /// Whether the subscription stands and everything that was missed has come.
    private(set) var isJoined = false
    /// The head at the time of the join; nil when nothing is being caught up.
    private var caughtUpAt: Int?
    /// The newest position that was heard; -1 before the first join.
    private(set) var position: Int
    /// The room's: it stands before each of its positions.
    private var epoch = ""
    private(set) var deliveries = 0
    private(set) var refusals = 0
    private(set) var lags = 0
    /// The newest sequence of each publisher, by his number less `firstPublisher`.
    private var sequences: [UInt32]
    private let firstPublisher: Int
    /// That we end the connection ourselves is no violation.
    var mayEnd = false

    /// - Parameters:
    ///   - publishers: who posts in the room, by number.
    ///   - readsAll: it begins with the first record there is, not with what is live.
    init(
        number: Int,
        room: Int = 0,
        role: Role,
        tongue: any Tongue,
        masks: MaskSupply,
        publishers: Range<Int> = 0..<1,
        readsAll: Bool = false,
        listener: any MemberListener
    ) {
        position = readsAll ? 0 : -1
        self.number = number
        self.room = room
        self.role = role
        self.tongue = tongue
        self.masks = masks
        self.listener = listener
        firstPublisher = publishers.lowerBound
        sequences = role == .publisher ? [] : Array(repeating: 0, count: publishers.count)
    }

    var isConnected: Bool { wire?.isOpen ?? false }
    var receivedBytes: Int { wire?.receivedBytes ?? 0 }
    var readsOnceAtATime: Bool {
        get { wire?.readsOnceAtATime ?? false }
        set { wire?.readsOnceAtATime = newValue }
    }
    var loopConnection: Connection? { wire?.connection }

    /// Where to go on; nil before the first join.
    private var since: String? {
        if position <= 0 { return position < 0 ? nil : "0" }
        return "\(epoch):\(position)"
    }

    /// The newest sequence heard of a publisher.
    func sequence(of publisher: Int) -> Int {
        let index = publisher - firstPublisher
        return sequences.indices.contains(index) ? Int(sequences[index]) : 0
    }

    func connect(
        _ dialer: Dialer,
        on loop: EventLoop,
        receiveBuffer: Int32? = nil
    ) throws(LoadFailure) {
        isJoined = false
        mayEnd = false
        caughtUpAt = nil
        let target = tongue.target(of: number, room: room, isPublisher: role == .publisher)
        let wire = Wire(listener: self, masks: masks)
        self.wire = wire
        try wire.open(
            dialer,
            number: number,
            target: target,
            on: loop,
            receiveBuffer: receiveBuffer
        )
    }

    func post(_ content: [UInt8], id: Int) {
        wire?.send(tongue.post(content, to: room, id: id), tongue.opcode)
    }

    func send(_ payload: [UInt8]) {
        wire?.send(payload, tongue.opcode)
    }

    func cut() {
        mayEnd = true
        wire?.cut()
    }

    func wireOpened(_ wire: Wire) {
        if role == .publisher {
            if let introduction = tongue.introduction { wire.send(introduction, tongue.opcode) }
            joined()
        } else {
            if let join = tongue.join(room: room, since: since) {
                wire.send(join, tongue.opcode)
            } else {
                joined()
            }
        }
    }

    private func joined() {
        isJoined = true
        caughtUpAt = nil
        listener.memberJoined(self)
    }

    /// With `since`, what was missed comes after the reply.
    private func subscribed(head: Int) {
        if position < 0 { position = head }
        caughtUpAt = head
        if position >= head { joined() }
    }

    func wire(_ wire: Wire, received text: Span<UInt8>, at now: Int64) {
        tongue.read(text) { heard in
            switch heard {
            case .delivered(let position, let stamp):
                advance(to: position)
                check(stamp)
                deliveries += 1
                listener.member(self, delivered: stamp, at: now)
            case .passed(let position):
                advance(to: position)
            case .joined(let epoch, let head):
                self.epoch = epoch
                subscribed(head: head)
            case .acknowledged(let id, let position):
                listener.member(self, acknowledged: id, position: position, at: now)
            case .refused(let id):
                refusals += 1
                if refusals == 1 {
                    listener.violated("\(name)'s command \(id) was refused")
                }
            case .lagging:
                lags += 1
            }
        }
    }

    private var name: String { role == .publisher ? "Publisher \(number)" : "Member \(number)" }

    private func advance(to next: Int) {
        guard next >= 0 else { return }
        if next != position + 1, position >= 0 {
            listener.violated("\(name) got position \(next) after \(position)")
        }
        position = next
        if let head = caughtUpAt, next >= head { joined() }
    }

    private func check(_ stamp: Stamp) {
        let index = Int(stamp.publisher) - firstPublisher
        guard sequences.indices.contains(index) else {
            return listener.violated("\(name) got a message of publisher \(stamp.publisher)")
        }
        if stamp.sequence != sequences[index] &+ 1 {
            listener.violated(
                "\(name) got message \(stamp.sequence) of publisher \(stamp.publisher) after "
                    + "\(sequences[index])"
            )
        }
        sequences[index] = stamp.sequence
    }

    func wire(_ wire: Wire, failed explanation: String) {
        if !mayEnd { listener.violated("\(name): \(explanation)") }
        mayEnd = true
    }

    func wireEnded(_ wire: Wire, _ reason: String) {
        guard wire === self.wire else { return }
        if !mayEnd { listener.violated("\(name)'s connection ended: \(reason)") }
        isJoined = false
        self.wire = nil
        listener.memberEnded(self, reason)
    }
}
