import Reactor
import WebSocket

/// An editor of one document: types letters, and checks that those of the others come once each and
/// in their order.
final class Typist: WireListener {
    /// Clients of Yjs have numbers of about this size.
    static let firstClient: UInt64 = 1 << 30

    let number: Int
    let document: Int
    /// Who types in the same document.
    private let peers: Range<Int>
    private unowned let tally: TypingTally
    private let masks: MaskSupply
    private var wire: Wire?
    /// The next clock of each peer.
    private var clocks: [UInt64]
    private(set) var isJoined = false
    private(set) var delivered = 0
    /// When each letter was due.
    private(set) var due: [Int64] = []

    init(
        _ number: Int,
        document: Int,
        peers: Range<Int>,
        _ tally: TypingTally,
        _ masks: MaskSupply
    ) {
        self.number = number
        self.document = document
        self.peers = peers
        self.tally = tally
        self.masks = masks
        clocks = Array(repeating: 0, count: peers.count)
    }

    var hasEnded: Bool { wire == nil }

    func connect(
        _ dialer: Dialer,
        _ path: String,
        on loop: EventLoop
    ) throws(LoadFailure) {
        let wire = Wire(listener: self, masks: masks)
        self.wire = wire
        try wire.open(
            dialer,
            number: number,
            target: "\(path)/load-\(document)?name=editor-\(number)",
            on: loop
        )
    }

    func type(at time: Int64) {
        let client = Self.firstClient + UInt64(number)
        let letter = TypedLetter(client: client, clock: UInt64(due.count))
        due.append(time)
        wire?.send(letter.message, .binary)
    }

    func cut() {
        wire?.cut()
    }

    func wireOpened(_ wire: Wire) {
        wire.send(TypedLetter.step1, .binary)
    }

    func wire(_ wire: Wire, received text: Span<UInt8>, at now: Int64) {
        var reader = LetterReader([UInt8](copying: text))
        let kind = reader.read { client, clock, length in
            take(client, clock, length, at: now)
        }
        switch kind {
        case .state: isJoined = true
        case .update, .other: break
        case nil: tally.violations.add("Editor \(number) got what it can't read")
        }
    }

    private func take(_ client: UInt64, _ clock: UInt64, _ length: UInt64, at now: Int64) {
        let sender = Int(client) - Int(Self.firstClient)
        // y-websocket's server sends one's own letters back.
        guard sender != number else { return }
        guard peers.contains(sender) else {
            return tally.violations.add("Editor \(number) got letters of another document")
        }
        let place = sender - peers.lowerBound
        guard clock == clocks[place] else {
            return tally.violations.add(
                "Editor \(number) got letter \(clock) of \(sender), not \(clocks[place])"
            )
        }
        clocks[place] += length
        delivered += Int(length)
        for index in clock..<clock + length { tally.took(Int(index), of: sender, at: now) }
    }

    func wire(_ wire: Wire, failed explanation: String) {
        tally.violations.add("Editor \(number): \(explanation)")
    }

    func wireEnded(_ wire: Wire, _ reason: String) {
        self.wire = nil
        if !tally.isParting { tally.violations.add("Editor \(number) ended: \(reason)") }
    }
}
