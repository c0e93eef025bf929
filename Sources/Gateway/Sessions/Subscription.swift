import Hub
import Reactor

/// One session's membership of one topic: live, or behind with a cursor in the topic's log.
///
/// Catching up after a join and lagging behind are the same state: what is broadcast passes by,
/// and pages are read from the journal until the cursor has reached what this loop knows of.
final class Subscription {
    private enum Phase: Equatable {
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
    /// Of each state the newest will do, ten times a second.
    let conflates: Bool
    /// Rises with each join of the session: says which of two memberships of a topic is the later.
    let number: UInt64
    let seats: TopicSeats
    unowned let link: WebSocketLink
    /// Called when the hub ends the membership, with the reason.
    private let onExpelled: (Subscription, String) -> Void
    /// Called when the records after the cursor are forgotten; the answer is `skip`.
    private let onTrimmed: (Subscription) -> Void
    /// What the client asked to begin after.
    private let since: Position?
    /// 1 to 255: tells this subscription's frames from others in the connection's outbox.
    let slot: UInt8
    private var phase = Phase.joining
    /// The last offset that was queued for the member.
    private var delivered: Offset = 0
    private(set) var epoch = Epoch(0)
    private var isReading = false
    /// How often the log became another: what was read of an earlier one is not shown.
    private var turns = 0
    /// Waits for the reply that comes before its events.
    private var isHeld = false
    /// Behind because the reader is slow, not because it has just joined.
    private var isLagging = false
    /// The newest frame of each state that the member had no room for.
    private var missedStates: [String: [UInt8]] = [:]
    /// Where it stands in its row of the seats; nil when it isn't seated.
    var place: Int?

    init(
        _ entry: ResumeToken.Entry,
        dialect: any Dialect,
        number: UInt64,
        slot: UInt8,
        link: WebSocketLink,
        onTrimmed: @escaping (Subscription) -> Void,
        onExpelled: @escaping (Subscription, String) -> Void
    ) {
        self.topic = entry.topic
        self.since = entry.since
        self.announces = entry.presence
        self.conflates = entry.conflates
        self.dialect = dialect
        self.number = number
        self.slot = slot
        self.link = link
        self.onTrimmed = onTrimmed
        self.onExpelled = onExpelled
        self.seats = link.desk.seats(for: entry.topic)
        seats.rows.hold()
    }

    /// True until it was ended.
    var isActive: Bool { if case .ended = phase { false } else { true } }

    /// Whether there is something that it is yet to be given.
    var isBehind: Bool {
        if case .behind = phase { true } else { !missedStates.isEmpty }
    }

    /// What the member would resume from: up to where it has been given everything. Nil when it was
    /// given nothing and asked for nothing old.
    var position: Position? {
        switch phase {
        case .joining: since
        case .behind(let cursor): Position(epoch: epoch, offset: cursor)
        case .live, .ended: Position(epoch: epoch, offset: delivered)
        }
    }

    /// The topic answered: everything after `cursor` up to `position` is read from the journal,
    /// what comes later is broadcast. With `isHeld` nothing is sent before `release`.
    func begin(at position: Position, cursor: Offset, isHeld: Bool) {
        epoch = position.epoch
        delivered = cursor
        seats.rows.seat(self, at: position)
        self.isHeld = isHeld
        phase = isHeld || cursor < position.offset ? .behind(cursor: cursor) : .live
    }

    /// The log is another than it was: what the member has of it beyond what is left comes anew.
    func turn(to position: Position, _ former: [Epoch: Offset]) {
        guard phase != .ended, phase != .joining else { return }
        var cursor = delivered
        if case .behind(let earlier) = phase { cursor = earlier }
        let kept = epoch == position.epoch ? position.offset : former[epoch] ?? 0
        epoch = position.epoch
        turns += 1
        delivered = min(cursor, kept)
        phase = .behind(cursor: delivered)
        catchUp()
    }

    /// What it was held for has been sent.
    func release() {
        guard isHeld else { return }
        isHeld = false
        catchUp()
    }

    private func noteCaughtUp() {
        guard isLagging else { return }
        isLagging = false
        link.desk.instruments.laggingSubscriptions.add(-1)
    }

    /// Ends the membership on this side; the caller tells the topic.
    func end() {
        guard isActive else { return }
        noteCaughtUp()
        phase = .ended
        seats.rows.unseat(self)
        seats.rows.release()
    }

    func expelled(_ reason: String) {
        onExpelled(self, reason)
    }

    func take(_ frame: [UInt8], _ offsets: ClosedRange<Offset>) {
        guard case .live = phase, offsets.upperBound > delivered else { return }
        guard offsets.lowerBound == delivered + 1 else {
            // A page read from the journal was ahead of this broadcast, or one never came: what is
            // missing is read.
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
        if ephemeral.isPresence {
            // Told to slow readers too: it is little, and one change missed is wrong from then on.
            guard phase != .joining, phase != .ended else { return }
            return link.send(frame)
        }
        if let key = ephemeral.stateKey { return take(frame, stateOf: key) }
        guard phase == .live, link.connection.queuedBytes <= link.settings.lagBytes else {
            return link.desk.instruments.ephemeralDropped.add()
        }
        link.send(frame)
    }

    /// Gives it to the member, or keeps the newest of the state until there is room.
    private func take(_ frame: [UInt8], stateOf key: String) {
        guard phase != .joining, phase != .ended else { return }
        if phase == .live, link.connection.queuedBytes <= link.settings.lagBytes {
            if !missedStates.isEmpty { missedStates[key] = nil }
            return link.send(frame)
        }
        guard missedStates.count < Self.statesMaximum || missedStates[key] != nil else {
            return link.desk.instruments.ephemeralDropped.add()
        }
        if missedStates.updateValue(frame, forKey: key) != nil {
            link.desk.instruments.ephemeralDropped.add()
        }
    }

    private static var statesMaximum: Int { 1024 }

    private func sendMissedStates() {
        guard !isHeld else { return }
        while link.hasRoomForPage, let (key, frame) = missedStates.first {
            missedStates[key] = nil
            link.send(frame)
        }
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
            cursor = min(cursor, offset(ofTag: tag) &- 1)
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
        // The queue may be short again, and then nobody else calls.
        catchUp()
    }

    /// The offset at or before `delivered` with those low 24 bits: a queue of a megabyte can't hold
    /// sixteen million frames.
    private func offset(ofTag tag: UInt32) -> Offset {
        let low = Offset(tag & 0xFF_FFFF)
        let candidate = delivered & ~0xFF_FFFF | low
        return candidate > delivered ? candidate &- (1 << 24) : candidate
    }

    /// Reads on, when there is something to read and room to put it.
    func catchUp() {
        sendMissedStates()
        guard case .behind(let cursor) = phase, !isReading, !isHeld, link.connection.isOpen else {
            return
        }
        if cursor >= seats.rows.knownOffset {
            phase = .live
            delivered = cursor
            noteCaughtUp()
            return
        }
        // Without room, `drained` calls again; without a turn, the page that has it.
        guard link.hasRoomForPage, link.beginPage() else { return }
        isReading = true
        // The link is held: it must hear of the page's end even if this membership ends first.
        let here = LoopBound((self, link), on: link.connection.loop)
        let journal = link.desk.gateway.router.journal
        let (topic, limit, turns) = (topic, link.settings.pageMaximum, turns)
        Task {
            let page: Result<[Record], JournalError>
            do throws(JournalError) {
                page = .success(try await journal.read(topic, after: cursor, limit: limit))
            } catch {
                page = .failure(error)
            }
            here.loop.submit {
                let (subscription, link) = here.value
                subscription.take(page, ofTurn: turns)
                link.endPage()
            }
        }
    }

    private func take(_ page: Result<[Record], JournalError>, ofTurn number: Int) {
        isReading = false
        guard turns == number else { return catchUp() }
        guard case .behind(let cursor) = phase, link.connection.isOpen else { return }
        if topic.kind == .doc, case .success(let records) = page,
            records.first.map({ $0.offset > cursor + 1 }) ?? true
        {
            isReading = true
            return onTrimmed(self)
        }
        guard case .success(let records) = page, !records.isEmpty else {
            // What can't be read now may be later: the client comes back and goes on from here.
            link.close(.internalError)
            return
        }
        let portion = Self.portion(records, link.connection.loop.outboxLimits.highWater)
        if let frames = dialect.encode(portion, of: topic, epoch: epoch) as? [UInt8] {
            link.sendOwn(frames)
        }
        phase = .behind(cursor: portion.last?.offset ?? delivered)
    }

    /// Goes on from a state that holds everything up to there.
    func skip(to position: Position, _ frame: [UInt8]) {
        isReading = false
        guard case .behind(let cursor) = phase, link.connection.isOpen else { return }
        link.sendOwn(frame)
        phase = .behind(cursor: max(cursor, position.offset))
        catchUp()
    }

    /// As many of the records as make the bytes, but one at least: the others are read again.
    private static func portion(_ records: [Record], _ bytes: Int) -> [Record] {
        var total = 0
        let count = records.prefix { record in
            defer { total += record.payload.count }
            return total < bytes
        }.count
        return count == records.count ? records : Array(records.prefix(max(1, count)))
    }
}
