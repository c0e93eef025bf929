import Reactor

/// What is subscribed to at one node: a link of its own, made anew when it is lost, and everything
/// asked for again over the next.
final class Subscriber {
    enum Standing {
        /// To be asked for, or asked for at this time.
        case wanted
        case asked(LoopInstant)
        case heard
    }

    let endpoint: RedisEndpoint
    let board: Switchboard
    private(set) var link: RedisLink?
    var standings: [[UInt8]: Standing] = [:]
    /// The commands that have no answer yet, by their channels.
    private var commands = Fifo<Set<[UInt8]>>()
    /// Channels that we ask to leave: the server's word that we have is no news.
    private var leaving: Set<[UInt8]> = []
    var probe = Probe()
    private var backoff = Backoff()
    private var isResting = false
    private var isRetired = false
    private(set) var lastError: String?
    private var isSharded = false
    private var isAskQueued = false
    /// Who was refused asks again, but not all the time.
    private var asksAgainAt: LoopInstant?

    private static var batchMaximum: Int { 100 }
    private static var refusalPause: Duration { .seconds(1) }

    init(_ endpoint: RedisEndpoint, on board: Switchboard) {
        self.endpoint = endpoint
        self.board = board
    }

    var state: RedisCondition.LinkState {
        isResting ? .resting : link.map { $0.isOpen ? .open : .connecting } ?? .none
    }

    var channelCount: Int { standings.count - (probe.channel == nil ? 0 : 1) }

    func join(_ channel: [UInt8]) {
        guard standings[channel] == nil else { return }
        standings[channel] = .wanted
        leaving.remove(channel)
        connect()
        askSoon()
    }

    func leave(_ channel: [UInt8]) {
        guard let standing = standings.removeValue(forKey: channel), let link, link.isOpen else {
            return
        }
        if case .wanted = standing { return }
        leaving.insert(channel)
        send(isSharded ? "SUNSUBSCRIBE" : "UNSUBSCRIBE", [channel])
    }

    func retire() {
        isRetired = true
        link?.close()
    }

    private func connect() {
        guard link == nil, !isResting, !isRetired else { return }
        let link = RedisLink(endpoint, on: board.loop, board.linkSettings, isSubscriber: true)
        link.owner = self
        self.link = link
        isSharded = board.hasShardedChannels
        link.begin()
    }

    /// At the end of the turn, so that what is joined one by one is asked for together.
    private func askSoon() {
        guard !isAskQueued, link?.isOpen == true else { return }
        isAskQueued = true
        board.loop.atTurnEnd { [weak self] in
            guard let self else { return }
            isAskQueued = false
            ask()
        }
    }

    private func ask() {
        guard link?.isOpen == true else { return }
        if let asksAgainAt, board.loop.now < asksAgainAt { return }
        var batches: [KeySlot?: [[UInt8]]] = [:]
        for (channel, standing) in standings {
            guard case .wanted = standing else { continue }
            standings[channel] = .asked(board.loop.now)
            // The channels of one SSUBSCRIBE have one slot.
            batches[isSharded ? KeySlot(of: channel) : nil, default: []].append(channel)
        }
        for channels in batches.values {
            for start in stride(from: 0, to: channels.count, by: Self.batchMaximum) {
                let batch = channels[start..<min(start + Self.batchMaximum, channels.count)]
                send(isSharded ? "SSUBSCRIBE" : "SUBSCRIBE", Array(batch))
            }
        }
    }

    private func send(_ verb: String, _ channels: [[UInt8]]) {
        commands.append(Set(channels))
        link?.push(RedisCommand([Array(verb.utf8)] + channels))
    }

    /// From time to time: what was asked has to be answered, and the probe has to come back.
    func check() {
        guard let link, link.isOpen else { return }
        let now = board.loop.now
        let isUnanswered = standings.values.contains {
            if case .asked(let at) = $0 { now - at > board.settings.commandTimeout } else { false }
        }
        if isUnanswered { return link.close(.silent) }
        askSoon()
        if probe.isUnderWay {
            guard let sentAt = probe.sentAt, now - sentAt > board.settings.probeTimeout else {
                return
            }
            board.counters.deafness += 1
            link.close(.deaf)
        } else {
            sendProbe(now)
        }
    }

    private func sendProbe(_ now: LoopInstant) {
        if probe.channel == nil, probe.refusal == nil {
            guard let channel = board.probeChannel(at: endpoint) else { return }
            probe.channel = channel
            return join(channel)
        }
        guard probe.isListening, let channel = probe.channel,
            probe.sentAt.map({ now - $0 >= board.settings.probeInterval }) ?? true
        else { return }
        board.publishProbe(to: channel, at: endpoint) {
            probe.begin(at: board.clock.now())
        } refused: { [weak self] error in
            self?.probe.forbid(error)
        }
    }
}

extension Subscriber: LinkOwner {
    func linkOpened(_ link: RedisLink) {
        backoff.reset()
        lastError = nil
        board.counters.connections += 1
        ask()
        sendProbe(board.loop.now)
    }

    func link(_ link: RedisLink, answered request: Request, with value: RedisValue) {}

    func link(_ link: RedisLink, pushed value: RedisValue) {
        if case .error(let error) = value { return refused(error) }
        guard let parts = value.array, parts.count == 3, let kind = parts[0].bytes,
            let channel = parts[1].bytes
        else { return }
        // By their lengths: a message is told from the rest by one comparison.
        switch kind.count {
        case 7, 8: message(channel, parts[2])
        case 9, 10: subscribed(channel)
        case 11, 12: unsubscribed(channel)
        default: break
        }
    }

    private func message(_ channel: [UInt8], _ payload: RedisValue) {
        guard case .bytes(let bytes) = payload else { return }
        if channel == probe.channel {
            probe.returned(bytes, at: board.clock.now())
        } else {
            board.message(bytes, on: channel, at: endpoint)
        }
    }

    private func subscribed(_ channel: [UInt8]) {
        answered(channel)
        guard standings[channel] != nil else { return }
        standings[channel] = .heard
        if channel == probe.channel {
            probe.isListening = true
        } else {
            board.channelSubscribed(channel, at: endpoint)
        }
    }

    private func unsubscribed(_ channel: [UInt8]) {
        if leaving.remove(channel) != nil { return answered(channel) }
        // The server's own decision: the slot has gone elsewhere.
        lost(channel)
        board.discoverSoon()
    }

    private func answered(_ channel: [UInt8]) {
        guard var batch = commands.first, batch.remove(channel) != nil else { return }
        if batch.isEmpty {
            _ = commands.popFirst()
        } else {
            commands.replaceFirst(with: batch)
        }
    }

    private func refused(_ error: RedisServerError) {
        lastError = error.message
        if error.isRefusal { asksAgainAt = board.loop.now + Self.refusalPause }
        if let place = Redirection(error, from: endpoint), error.code == "MOVED" {
            board.moved(place)
        }
        for channel in commands.popFirst() ?? [] {
            leaving.remove(channel)
            guard case .asked = standings[channel] else { continue }
            if channel == probe.channel, error.isRefusal { probe.refusal = error.message }
            lost(channel)
        }
    }

    private func lost(_ channel: [UInt8]) {
        guard standings.removeValue(forKey: channel) != nil else { return }
        if channel == probe.channel {
            let refusal = probe.refusal
            probe.reset()
            probe.refusal = refusal
        } else {
            board.channelLost(channel, at: endpoint)
        }
    }

    func linkEnded(_ link: RedisLink, _ failure: LinkFailure, unsent: [Request]) {
        self.link = nil
        commands = Fifo()
        leaving = []
        if let channel = probe.channel { standings[channel] = nil }
        probe.reset()
        for (channel, standing) in standings {
            standings[channel] = .wanted
            if case .heard = standing { board.channelInterrupted(channel, at: endpoint) }
        }
        guard !isRetired, failure != .loopStopped else { return }
        lastError = failure.description
        board.counters.losses += 1
        board.subscriberLost(at: endpoint, failure)
        isResting = true
        board.loop.schedule(after: backoff.next()) { [weak self] in
            guard let self else { return }
            isResting = false
            if !standings.isEmpty { connect() }
        }
    }
}
