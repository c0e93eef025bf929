import Hub
import Reactor

/// One session's membership of one topic: live, or behind with a cursor in the topic's log.
///
/// Catching up after a join and lagging behind are the same state: what is broadcast passes by,
/// and pages are read from the journal until the cursor has reached what this loop knows of.
final class Subscription {
    private enum Phase {
        /// Waits for the topic's answer.
        case joining
        case live
        /// Everything after the cursor is yet to be read.
        case behind(cursor: Offset)
        case ended
    }

    let topic: TopicID
    let dialect: any Dialect
    let announces: Bool
    let seats: TopicSeats
    unowned let link: WebSocketLink
    /// Called when the hub ends the membership, with the reason.
    private let onExpelled: (Subscription, String) -> Void
    /// 1 to 255: tells this topic's frames from others in the connection's outbox.
    private let slot: UInt8
    private var phase = Phase.joining
    /// The last offset that was queued for the member.
    private var delivered: Offset = 0
    private(set) var epoch = Epoch(0)
    private var isReading = false
    /// Behind because the reader is slow, not because it has just joined.
    private var isLagging = false
    /// Where it stands in its row of the seats; nil when it isn't seated.
    var place: Int?

    init(
        topic: TopicID,
        dialect: any Dialect,
        announces: Bool,
        slot: UInt8,
        link: WebSocketLink,
        onExpelled: @escaping (Subscription, String) -> Void
    ) {
        self.topic = topic
        self.dialect = dialect
        self.announces = announces
        self.slot = slot
        self.link = link
        self.onExpelled = onExpelled
        self.seats = link.desk.seats(for: topic)
    }

    var slotNumber: UInt8 { slot }

    /// True until it was ended.
    var isActive: Bool { if case .ended = phase { false } else { true } }

    var isBehind: Bool { if case .behind = phase { true } else { false } }

    /// Up to where the member has been given everything: what it would resume from.
    var position: Position {
        if case .behind(let cursor) = phase { return Position(epoch: epoch, offset: cursor) }
        return Position(epoch: epoch, offset: delivered)
    }

    /// The topic answered: everything after `cursor` up to `position` is read from the journal, what
    /// comes later is broadcast.
    func begin(at position: Position, cursor: Offset) {
        epoch = position.epoch
        delivered = cursor
        seats.rows.seat(self, at: position)
        phase = cursor < position.offset ? .behind(cursor: cursor) : .live
    }

    private func noteCaughtUp() {
        guard isLagging else { return }
        isLagging = false
        link.desk.instruments.laggingSubscriptions.add(-1)
    }

    /// Ends the membership on this side; the caller tells the topic.
    func end() {
        noteCaughtUp()
        phase = .ended
        seats.rows.unseat(self)
    }

    func expelled(_ reason: String) {
        onExpelled(self, reason)
    }

    func take(_ frame: [UInt8], _ offsets: ClosedRange<Offset>) {
        guard case .live = phase, offsets.upperBound > delivered else { return }
        guard offsets.lowerBound > delivered else {
            // A page read from the journal was ahead of this broadcast: the rest is read too.
            phase = .behind(cursor: delivered)
            return catchUp()
        }
        link.send(frame, tag: tag(offsets.lowerBound))
        delivered = offsets.upperBound
        if link.connection.queuedBytes > link.settings.lagBytes { fallBehind() }
    }

    func take(_ frame: [UInt8], _ ephemeral: Ephemeral) {
        if ephemeral.isPresence, !announces { return }
        if let except = ephemeral.except, except == link.id { return }
        guard case .live = phase, link.connection.queuedBytes <= link.settings.lagBytes else {
            return link.desk.instruments.ephemeralDropped.add()
        }
        link.send(frame)
    }

    /// The slot and the low 24 bits of the first offset: enough to know, when queued frames are
    /// dropped, where the member then stands.
    private func tag(_ offset: Offset) -> UInt32 {
        UInt32(slot) << 24 | UInt32(truncatingIfNeeded: offset) & 0xFF_FFFF
    }

    /// The queue is too long: this topic's frames in it give way to a cursor. Constant memory for a
    /// slow reader, and nothing is lost.
    private func fallBehind() {
        var cursor = delivered
        link.connection.dropQueued { tag in
            guard tag >> 24 == UInt32(slot) else { return false }
            cursor = min(cursor, offset(ofTag: tag) - 1)
            return true
        }
        phase = .behind(cursor: cursor)
        isLagging = true
        link.desk.instruments.laggingSubscriptions.add(1)
        let notice = Ephemeral(
            event: "lagging",
            author: "",
            at: link.desk.gateway.now(),
            payload: Array("{}".utf8)
        )
        if let frame = dialect.encode(notice, of: topic) as? [UInt8] { link.sendOwn(frame) }
    }

    /// The offset at or before `delivered` with those low 24 bits: a queue of a megabyte can't hold
    /// sixteen million frames.
    private func offset(ofTag tag: UInt32) -> Offset {
        let low = Offset(tag & 0xFF_FFFF)
        let candidate = delivered & ~0xFF_FFFF | low
        return candidate > delivered ? candidate - (1 << 24) : candidate
    }

    /// Reads on, when there is something to read and room to put it.
    func catchUp() {
        guard case .behind(let cursor) = phase, !isReading, link.connection.isOpen else { return }
        if cursor >= seats.rows.knownOffset {
            phase = .live
            delivered = cursor
            noteCaughtUp()
            return
        }
        guard link.connection.queuedBytes <= link.connection.loop.outboxLimits.highWater else {
            // `drained` calls again.
            return
        }
        isReading = true
        let here = LoopBound(self, on: link.connection.loop)
        let journal = link.desk.gateway.router.journal
        let (topic, limit) = (topic, link.settings.pageMaximum)
        Task {
            let page: Result<[Record], JournalError>
            do throws(JournalError) {
                page = .success(try await journal.read(topic, after: cursor, limit: limit))
            } catch {
                page = .failure(error)
            }
            here.loop.submit { here.value.take(page) }
        }
    }

    private func take(_ page: Result<[Record], JournalError>) {
        isReading = false
        guard case .behind = phase, link.connection.isOpen else { return }
        guard case .success(let records) = page, let last = records.last else {
            // What can't be read now may be later: the client comes back and goes on from here.
            link.close(.internalError)
            return
        }
        if let frames = dialect.encode(records, of: topic, epoch: epoch) as? [UInt8] {
            link.sendOwn(frames)
        }
        phase = .behind(cursor: last.offset)
        catchUp()
    }
}
