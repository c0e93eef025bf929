import Hub
import Logging
import Reactor
import Synchronization

/// What is not stored, on its way between the nodes: one channel a partition, and what comes within
/// a few milliseconds is published as one.
package final class RedisBus: Peers {
    package struct Settings: Sendable {
        /// What all channels begin with.
        package var prefix = "martlet"
        /// Between two publications of one channel.
        package var spacing: Duration = .milliseconds(5)
        /// Of ephemeral events that wait. Policy: past it they are dropped.
        package var bytesMaximum = 4 << 20
        /// Publications without answer; past it what comes waits.
        package var unansweredMaximum = 128
        /// How long a node may be unknown to the registry.
        package var patience: Duration = .seconds(3)
        /// For Redis to answer; what has waited longer is not worth telling.
        package var timeout: Duration = .seconds(2)

        package init() {}
    }

    /// Who is told what comes.
    package struct Listener: Sendable {
        let hear: @Sendable (PeerMessage, TopicID, PeerID) -> Void
        let news: @Sendable (PeerNews, Partition?) -> Void

        package init(
            hear: @escaping @Sendable (PeerMessage, TopicID, PeerID) -> Void,
            news: @escaping @Sendable (PeerNews, Partition?) -> Void
        ) {
            self.hear = hear
            self.news = news
        }
    }

    struct State {
        var queue: BusQueue
        var neighbourhood: Neighbourhood
        var isScheduled = false
        var lastFlush: ContinuousClock.Instant?
        var unanswered = 0
        /// The last publication failed.
        var isFailing = true
        var counters = BusCounters()
        var subscription: RedisSubscription?
    }

    /// Between two attempts while Redis is away.
    static let retryGap: Duration = .milliseconds(300)
    private static let watchGap: Duration = .milliseconds(500)

    let client: RedisClient
    let own: PeerID
    let settings: Settings
    let channels: [[UInt8]]
    let state: Mutex<State>
    private let nodes: @Sendable () -> (nodes: [Neighbour], asOf: ContinuousClock.Instant?)
    private let listener: Listener
    private let logger: Logger

    /// - Parameter incarnation: The node's own, as the registry has it.
    /// - Parameter nodes: Those that are alive, and as of when none is missing.
    package init(
        _ client: RedisClient,
        incarnation: String,
        settings: Settings = Settings(),
        logger: Logger,
        nodes: @escaping @Sendable () -> (nodes: [Neighbour], asOf: ContinuousClock.Instant?),
        listener: Listener
    ) {
        guard let own = EntryMessage.number(incarnation) else {
            preconditionFailure("An incarnation is sixteen hexadecimal digits.")
        }
        self.client = client
        self.own = PeerID(own)
        self.settings = settings
        self.nodes = nodes
        self.listener = listener
        self.logger = logger
        channels = Partition.all.map { Array("\(settings.prefix):{\($0)}:bus".utf8) }
        state = Mutex(
            State(
                queue: BusQueue(bytesMaximum: settings.bytesMaximum),
                neighbourhood: Neighbourhood(patience: settings.patience)
            )
        )
    }

    package var counters: BusCounters {
        state.withLock { state in
            var counters = state.counters
            counters.dropped += state.queue.dropped
            return counters
        }
    }

    package var reachable: Set<PeerID> {
        state.withLock { $0.isFailing ? [] : $0.neighbourhood.alive }
    }

    /// Listens, and watches the nodes, until `stop`.
    package func start() {
        var partitions: [[UInt8]: Partition] = [:]
        for (channel, partition) in zip(channels, Partition.all) { partitions[channel] = partition }
        let subscription = client.subscribe(to: channels) { [weak self, partitions] push in
            guard let self else { return }
            switch push {
            case .subscribed(let channel):
                if let partition = partitions[channel] { listener.news(.gap, partition) }
            case .message(_, let bytes): hear(bytes)
            case .interrupted: break
            }
        }
        state.withLock { $0.subscription = subscription }
        client.loop.submit { [weak self] in self?.watch() }
    }

    package func stop() {
        let subscription = state.withLock { state in
            defer { state.subscription = nil }
            return state.subscription
        }
        if let subscription { client.unsubscribe(subscription) }
    }

    private func watch() {
        var known: [PeerID: String] = [:]
        let (nodes, asOf) = nodes()
        for node in nodes {
            guard let number = EntryMessage.number(node.incarnation), number != own.number else {
                continue
            }
            known[PeerID(number)] = node.name
        }
        let (gone, isRunning, isLost) = state.withLock { state in
            let gone = state.neighbourhood.learn(known, asOf: asOf, at: .now)
            return (gone, state.subscription != nil, state.isFailing && state.unanswered == 0)
        }
        for peer in gone { listener.news(.went(peer), nil) }
        guard isRunning else { return }
        // Whether it can be used again is found out by using it.
        if isLost { publishNothing() }
        client.loop.submit(after: Self.watchGap) { [weak self] in self?.watch() }
    }

    private func hear(_ bytes: [UInt8]) {
        guard let message = BusMessage.decode(bytes) else {
            state.withLock { $0.counters.unreadable += 1 }
            logger.warning("An unreadable message of another node was published.")
            return
        }
        guard message.peer != own else { return }
        state.withLock { state in
            state.neighbourhood.hear(message.peer, at: .now)
            state.counters.heard += UInt64(message.entries.count)
        }
        for entry in message.entries { listener.hear(entry.message, entry.topic, message.peer) }
    }
}
