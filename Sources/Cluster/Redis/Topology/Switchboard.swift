import Logging
import Reactor

/// Where a client's commands are put through: it knows the nodes, which of them a command belongs
/// to, and keeps what can't be sent yet. It lives on one loop.
final class Switchboard {
    enum Shape {
        /// Nobody has said yet what this Redis is.
        case unknown
        case single(RedisNode)
        case cluster(SlotTable)
        case closed
    }

    let settings: RedisSettings
    let loop: EventLoop
    let logger: Logger
    let linkSettings: LinkSettings
    let sentinelSettings: LinkSettings
    /// Called when the condition may have changed, with what it is now.
    let publish: (RedisCondition, RedisCounters, String?) -> Void
    var shape = Shape.unknown
    var version: RedisVersion?
    var nodes: [RedisEndpoint: RedisNode] = [:]
    var counters = RedisCounters()
    var lastError: String?

    /// What waits for a node, oldest first.
    var parked = Fifo<Request>()
    var parkedBytes = 0

    // Finding out: see Switchboard+Discovery.
    var scout: Scout?
    var scoutBackoff = Backoff()
    var isScoutQueued = false
    var lastScouted: LoopInstant?
    /// Who is asked first: where a redirection pointed.
    var witness: RedisEndpoint?
    var sentinelWatch: SentinelWatch?

    // Channels: see Switchboard+Channels.
    var channels = ChannelTable()
    var mustReconcile = false

    /// In the names of this client's probe channels.
    let probeIdentity = String(UInt64.random(in: 0 ... .max), radix: 36)
    /// For what is measured: the loop's own time stands still during a turn.
    let clock = MonotonicTime()

    private var tick = TimerToken.none
    private static var tickInterval: Duration { .milliseconds(100) }

    init(
        _ settings: RedisSettings,
        on loop: EventLoop,
        tls: TLSContext?,
        logger: Logger,
        publish: @escaping (RedisCondition, RedisCounters, String?) -> Void
    ) {
        self.settings = settings
        self.loop = loop
        self.logger = logger
        self.publish = publish
        linkSettings = LinkSettings(settings, tls: tls, on: loop)
        sentinelSettings = LinkSettings(sentinelsOf: settings, tls: tls, on: loop)
    }

    func start() {
        if case .sentinel(let master) = settings.address.kind {
            sentinelWatch = SentinelWatch(of: master, for: self)
            sentinelWatch?.begin()
        }
        discover()
        scheduleTick()
    }

    func close(_ reason: LinkFailure = .closed) {
        if case .closed = shape { return }
        shape = .closed
        loop.cancel(tick)
        scout?.cancel()
        scout = nil
        sentinelWatch?.close()
        for node in nodes.values { node.retire(reason) }
        nodes = [:]
        parkedBytes = 0
        for request in parked.takeAll() { request.completion(.failure(.closed)) }
        interruptAllChannels()
        publishCondition()
    }

    var isClosed: Bool {
        if case .closed = shape { true } else { false }
    }

    private func scheduleTick() {
        tick = loop.schedule(after: Self.tickInterval) { [weak self] in
            guard let self, !isClosed else { return }
            scheduleTick()
            runTick()
        }
    }

    /// What has to happen from time to time: giving up, trying again, probing.
    private func runTick() {
        for node in nodes.values {
            node.commands?.expire()
            node.subscriber.check()
        }
        sentinelWatch?.check()
        expireParked()
        sendParked()
        discoverInTime()
        if mustReconcile { reconcileChannels() }
        publishCondition()
    }

    func publishCondition() {
        publish(condition, counters, publishCommand)
    }
}
