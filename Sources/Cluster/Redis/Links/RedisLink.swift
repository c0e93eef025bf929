import Reactor

/// One connection to one Redis, from connect to end: the greeting, then requests one after another
/// without waiting, answered in order. All that a turn of the loop brings goes out in one write.
final class RedisLink {
    enum Phase {
        case connecting
        case greeting
        case open
        case ended
    }

    /// What the next answer is to.
    enum Unanswered {
        case greeting(Greeting)
        /// Sent at this time; it begins with this byte of the connection's.
        case request(Request, sentAt: LoopInstant, start: UInt64)
        /// Nobody waits for it any more, or ever did. The oldest says when it was sent too.
        case ignored(sentAt: LoopInstant)
    }

    let endpoint: RedisEndpoint
    let loop: EventLoop
    let settings: LinkSettings
    private(set) var phase = Phase.connecting
    /// Held until the end, so that nothing that was entrusted to this link is lost.
    var owner: (any LinkOwner)?
    var connection: Connection?
    private let reader: ReplyReader
    private var unanswered = Fifo<Unanswered>()
    private var greetingsLeft = 0
    /// What this turn has gathered, and how many bytes were gathered ever.
    private var gathered: [UInt8] = []
    private var gatheredBytes: UInt64 = 0
    private var isFlushQueued = false
    private var addresses: ArraySlice<SocketAddress> = []
    /// Why we are ending it.
    private var failure: LinkFailure?
    /// Answers are values that nobody asked for by a request, as they are to a subscriber.
    let isSubscriber: Bool

    init(
        _ endpoint: RedisEndpoint,
        on loop: EventLoop,
        _ settings: LinkSettings,
        isSubscriber: Bool = false
    ) {
        self.endpoint = endpoint
        self.loop = loop
        self.settings = settings
        self.isSubscriber = isSubscriber
        reader = ReplyReader(settings.replyLimits)
    }

    var isOpen: Bool { phase == .open }
    var unansweredCount: Int { unanswered.count }

    /// Whether another request may be sent, as far as bounds go.
    func hasRoom(for request: Request) -> Bool {
        let queued = gathered.count + (connection?.queuedBytes ?? 0)
        return unanswered.count < settings.requestsMaximum
            && queued + request.wire.count <= settings.bytesMaximum
    }

    /// Names are looked up away from the loop; then it connects.
    func begin() {
        loop.schedule(after: settings.connectTimeout) { [weak self] in
            guard let self, phase == .connecting, connection == nil else { return }
            close(.unresolved("\(endpoint.host) was not looked up in time"))
        }
        loop.resolve(host: endpoint.host, port: endpoint.port) { [weak self] answer in
            guard let self, phase == .connecting, failure == nil else { return }
            switch answer {
            case .success(let addresses):
                self.addresses = addresses[...]
                connect()
            case .failure(let error):
                close(.unresolved(error.description))
            }
        }
    }

    /// To the next of the host's addresses: a server may listen on one of them only.
    private func connect() {
        guard let address = addresses.popFirst() else {
            return close(.unresolved("\(endpoint.host) has no address"))
        }
        connection = loop.connect(
            to: address,
            tls: settings.tls,
            serverName: settings.tls == nil ? nil : settings.serverName ?? endpoint.host,
            timeout: settings.connectTimeout,
            handler: self
        )
    }

    /// Ends it; the owner hears of it at the end of the turn.
    func close(_ reason: LinkFailure = .closed) {
        guard phase != .ended, failure == nil else { return }
        failure = reason
        if let connection {
            connection.close(.now)
        } else {
            loop.atTurnEnd { self.finish(reason, unsent: []) }
        }
    }

    /// Only while it is open. ASKING goes right before, for a slot that is on its way.
    func send(_ request: Request, asking: Bool = false) {
        guard phase == .open else { preconditionFailure("A request was sent over a closed link.") }
        if asking {
            gather(Self.asking)
            unanswered.append(.ignored(sentAt: loop.now))
        }
        unanswered.append(.request(request, sentAt: loop.now, start: gatheredBytes))
        gather(request.wire)
    }

    private static let asking = RedisCommand("ASKING").wire

    /// Sends a command whose answers are pushed: SUBSCRIBE and its like.
    func push(_ command: RedisCommand) {
        guard phase == .open else { return }
        gather(command.wire)
    }

    private func gather(_ wire: [UInt8]) {
        gatheredBytes += UInt64(wire.count)
        gathered += wire
        guard !isFlushQueued else { return }
        isFlushQueued = true
        loop.atTurnEnd { [self] in
            isFlushQueued = false
            flush()
        }
    }

    private func flush() {
        guard let connection, !gathered.isEmpty else { return }
        let capacity = gathered.count
        connection.send(gathered)
        gathered = []
        gathered.reserveCapacity(min(capacity, 16 << 10))
    }

    /// How long what was asked first has been waiting; nil where nothing waits.
    var silence: Duration? {
        guard phase == .open, let sentAt = unanswered.first?.sentAt else { return nil }
        return loop.now - sentAt
    }

    /// Gives up requests that have waited too long, and the link when its oldest has.
    func expire() {
        let now = loop.now
        // Where answers come there is nothing old, and nothing to look for.
        guard phase == .open, let sentAt = unanswered.first?.sentAt,
            now - sentAt > .milliseconds(100)
        else { return }
        if now - sentAt > settings.commandTimeout { close(.silent) }
        var expired: [Request] = []
        unanswered.update { item in
            guard case .request(let request, let sentAt, _) = item, request.deadline < now else {
                return item
            }
            expired.append(request)
            return .ignored(sentAt: sentAt)
        }
        for request in expired { request.completion(.failure(.timedOut)) }
    }

    private func finish(_ reason: LinkFailure, unsent: [Request]) {
        guard phase != .ended else { return }
        phase = .ended
        connection = nil
        let owner = owner.take()
        owner?.linkEnded(self, reason, unsent: unsent)
    }
}

extension RedisLink.Unanswered {
    fileprivate var sentAt: LoopInstant? {
        switch self {
        case .greeting: nil
        case .request(_, let sentAt, _), .ignored(let sentAt): sentAt
        }
    }
}

extension RedisLink: ConnectionHandler {
    func connectionOpened(_ connection: Connection) {
        guard failure == nil else { return }
        phase = .greeting
        greetingsLeft = settings.greeting.count
        for greeting in settings.greeting {
            unanswered.append(.greeting(greeting))
            gather(greeting.command.wire)
        }
        loop.schedule(after: settings.connectTimeout) { [weak self] in
            guard let self, phase == .greeting else { return }
            close(.silent)
        }
        if greetingsLeft == 0 { open() }
    }

    private func open() {
        phase = .open
        owner?.linkOpened(self)
    }

    func connection(_ connection: Connection, received bytes: UnsafeMutableRawBufferPointer) {
        reader.feed(UnsafeRawBufferPointer(bytes))
        do throws(ReplyReader.Violation) {
            while failure == nil, let value = try reader.next() { take(value) }
        } catch {
            close(.violation(error.reason))
        }
    }

    private func take(_ value: RedisValue) {
        guard phase == .greeting || !isSubscriber else {
            owner?.link(self, pushed: value)
            return
        }
        switch unanswered.popFirst() {
        case .greeting(let greeting): greeted(greeting, value)
        case .request(let request, _, _): owner?.link(self, answered: request, with: value)
        case .ignored: break
        case nil: close(.violation("an answer to no command"))
        }
    }

    private func greeted(_ greeting: Greeting, _ value: RedisValue) {
        if case .error(let error) = value, !greeting.tolerates(error) {
            let shown = error.withoutArguments
            return close(error.isPassing ? .greeting(shown) : .refused(shown))
        }
        greetingsLeft -= 1
        if greetingsLeft == 0 { open() }
    }

    func connectionEnded(_ connection: Connection, _ reason: EndReason) {
        if phase == .connecting, failure == nil, reason != .loopStopped, !addresses.isEmpty {
            return connect()
        }
        let offered = connection.offeredBytes
        var unsent: [Request] = []
        var lost: [Request] = []
        for item in unanswered.takeAll() {
            guard case .request(let request, _, let start) = item else { continue }
            // What TLS or the kernel has taken a byte of may have arrived.
            if start >= offered {
                unsent.append(request)
            } else {
                lost.append(request)
            }
        }
        let failure = reason == .loopStopped ? .loopStopped : failure ?? .connection(reason)
        finish(failure, unsent: unsent)
        for request in lost {
            request.completion(.failure(failure == .closed ? .closed : .interrupted))
        }
    }
}
