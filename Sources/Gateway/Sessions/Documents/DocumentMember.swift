import Hub
import Reactor
import WebSocket

/// One connection's membership of one document, for clients that speak y-protocols.
///
/// A slow reader has no cursor in the log: its queued updates give way to one update later, made
/// from what it is known to have. Updates commute and repeat without harm, so that is all it takes.
final class DocumentMember {
    private enum Phase {
        case joining
        case live
        /// The queue was too long: what is shown passes by until it is short again.
        case behind
        case ended
    }

    let topic: TopicID
    let dialect: DocumentDialect
    /// What each message begins with.
    let address: [UInt8]
    /// Whether the address is the one that shared frames have.
    private let isUsualAddress: Bool
    let slot: UInt8
    let number: UInt64
    let seats: TopicSeats
    unowned let link: WebSocketLink
    var principal: Principal
    private let onExpelled: (DocumentMember, String) -> Void
    private var phase = Phase.joining
    /// The state vector of what the client surely has; nil when that is nothing, or too long.
    private var known: [UInt8]?
    private var title = ""
    /// Whether the client asked for the title, and so is told each new one.
    private var wantsTitle = false
    /// Where it stands in its row of the seats; nil when it isn't seated.
    var place: Int?

    /// A longer vector is not worth keeping: the whole state is sent then.
    private static let vectorBytesMaximum = 16 << 10

    init(
        _ topic: TopicID,
        dialect: DocumentDialect,
        address: [UInt8],
        slot: UInt8,
        number: UInt64,
        link: WebSocketLink,
        principal: Principal,
        onExpelled: @escaping (DocumentMember, String) -> Void
    ) {
        self.topic = topic
        self.dialect = dialect
        self.address = address
        isUsualAddress = !dialect.isAddressed || address == DocumentDialect.address(topic)
        self.slot = slot
        self.number = number
        self.link = link
        self.principal = principal
        self.onExpelled = onExpelled
        seats = link.desk.seats(for: topic)
        seats.rows.hold()
    }

    var isActive: Bool { if case .ended = phase { false } else { true } }
    var isLive: Bool {
        switch phase {
        case .live, .behind: true
        case .joining, .ended: false
        }
    }

    private var loop: EventLoop { link.connection.loop }
    private var gateway: GatewayServices { link.desk.gateway }

    // MARK: Joining and leaving

    /// Becomes a member; the completion gets the document's state vector.
    func join(_ completion: @escaping (Result<[UInt8], Rejection>) -> Void) {
        let join = Join(
            connection: link.id,
            principal: principal,
            lane: loop,
            seats: seats,
            dialect: dialect,
            announces: false,
            number: number,
            fields: ["vector": true]
        )
        let here = LoopBound((self, completion), on: loop)
        gateway.router.submit(join, to: topic) { outcome in
            let (member, completion) = here.value
            guard member.isActive else { return }
            switch outcome {
            case .failure(let rejection): completion(.failure(rejection))
            case .success(let joined):
                member.phase = .live
                member.title = joined.reply["title"]?.string ?? ""
                member.seats.rows.seat(member)
                completion(.success(joined.reply["vector"]?.binary ?? [0]))
            }
        }
    }

    /// Ends the membership, and tells the document.
    func leave(isAbrupt: Bool) {
        guard isActive else { return }
        if case .behind = phase { link.desk.instruments.laggingSubscriptions.add(-1) }
        phase = .ended
        seats.rows.unseat(self)
        seats.rows.release()
        gateway.router.submit(
            Leave(connection: link.id, isAbrupt: isAbrupt, number: number),
            to: topic
        )
    }

    func expelled(_ reason: String) {
        guard isActive else { return }
        onExpelled(self, reason)
    }

    // MARK: Asking

    func ask(
        _ action: String,
        _ fields: JSON,
        _ completion: @escaping (Result<JSON, Rejection>) -> Void
    ) {
        let ask = Ask(
            action: action,
            topic: topic,
            fields: fields,
            principal: principal,
            connection: link.id
        )
        gateway.instruments.commands[action].add()
        gateway.router.submit(ask, .asker(DocumentQuestion(on: loop, completion), lane: loop))
    }

    /// What the client lacks, as a second step; it is known to have that then.
    func answerStep1(_ vector: [UInt8], _ completion: @escaping (Rejection) -> Void) {
        ask("sync", ["vector": .bytes(vector)]) { [self] outcome in
            switch outcome {
            case .failure(let rejection): completion(rejection)
            case .success(let reply):
                note(reply)
                send(ProtocolMessage.step2(reply["update"]?.binary ?? [0, 0]))
            }
        }
    }

    /// Asks the client for what the document does not have.
    func sendStep1(_ vector: [UInt8]) {
        send(ProtocolMessage.step1(vector))
    }

    func sendAwareness() {
        ask("awareness", [:]) { [self] outcome in
            guard case .success(let reply) = outcome, let update = reply["update"]?.binary,
                update.count > 1
            else { return }
            send(ProtocolMessage.awareness(update))
        }
    }

    /// Tells the title, now and whenever it is another.
    func tellTitle() {
        wantsTitle = true
        send(ProtocolMessage.title(title))
    }

    private func note(_ reply: JSON) {
        let vector = reply["vector"]?.binary ?? []
        known = vector.count <= Self.vectorBytesMaximum ? vector : nil
    }

    // MARK: Sending

    /// Sends a message to this client alone.
    func send(_ message: [UInt8]) {
        guard isActive, link.connection.isOpen else { return }
        link.sendOwn(frame(message))
    }

    private func frame(_ message: [UInt8]) -> [UInt8] {
        address.isEmpty
            ? FrameEncoder.frame(.binary, message) : FrameEncoder.frame(.binary, address + message)
    }

    /// Something that the document shows to all. What it stored can be told later in another way,
    /// and the newest of what it did not store too.
    func take(_ shared: DocumentFrames, _ own: [UInt8], _ emission: Emission) {
        if let title = shared.title { self.title = title }
        guard case .live = phase else { return }
        if wantsTitle, shared.title != nil { send(ProtocolMessage.title(title)) }
        var isStored = false
        switch emission.content {
        case .records:
            if emission.origin == link.id { return }
            isStored = true
        case .ephemeral(let ephemeral):
            if ephemeral.binary == nil || ephemeral.except == link.id { return }
        case .state, .turn: return
        }
        let isFull = link.connection.queuedBytes > link.settings.lagBytes
        if !isStored, isFull {
            link.desk.instruments.ephemeralDropped.add()
            return
        }
        if isUsualAddress {
            guard !own.isEmpty else { return }
            link.send(own, tag: isStored ? tag : 0)
        } else {
            for message in shared.messages { link.send(frame(message), tag: isStored ? tag : 0) }
        }
        if isStored, link.connection.queuedBytes > link.settings.lagBytes { fallBehind() }
    }

    private var tag: UInt32 { UInt32(slot) << 24 | 1 }

    private func fallBehind() {
        link.connection.dropQueued { [slot] in $0 >> 24 == UInt32(slot) }
        phase = .behind
        link.desk.instruments.laggingSubscriptions.add(1)
        catchUp()
    }

    /// Called when the queue is short: what comes from here on is shown again, and what passed by
    /// is asked for.
    func catchUp() {
        guard case .behind = phase, link.connection.isOpen,
            link.connection.queuedBytes <= loop.outboxLimits.lowWater
        else { return }
        phase = .live
        link.desk.instruments.laggingSubscriptions.add(-1)
        let vector: JSON = known.map { .bytes($0) } ?? .null
        ask("sync", ["vector": vector]) { [self] outcome in
            guard isActive else { return }
            guard case .success(let reply) = outcome else {
                // What can't be told now may be later: the client comes back and asks.
                return link.close(.tryAgain)
            }
            note(reply)
            send(ProtocolMessage.update(reply["update"]?.binary ?? [0, 0]))
            if wantsTitle { tellTitle() }
            sendAwareness()
        }
    }
}
