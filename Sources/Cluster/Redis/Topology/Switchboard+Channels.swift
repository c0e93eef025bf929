import Logging
import Reactor

/// Which node each channel is subscribed to at, and what comes of it.
extension Switchboard {
    /// The one place that knows which kind of channels is used: those of one slot's node where the
    /// servers have them, else those that all nodes pass on.
    var hasShardedChannels: Bool {
        guard case .cluster = shape, let version else { return false }
        return version.hasShardedChannels
    }

    /// Nil while it is not known.
    var publishCommand: String? {
        switch shape {
        case .single: "PUBLISH"
        case .cluster: hasShardedChannels ? "SPUBLISH" : "PUBLISH"
        case .unknown, .closed: nil
        }
    }

    func subscribe(
        _ subscription: RedisSubscription,
        to names: [[UInt8]],
        _ handler: @escaping ChannelTable.Handler
    ) {
        guard !isClosed else { return }
        let heard = channels.add(subscription, to: names, handler)
        for name in heard { handler(.subscribed(channel: name)) }
        reconcileChannels()
    }

    func unsubscribe(_ subscription: RedisSubscription) {
        for (name, endpoint) in channels.remove(subscription) {
            endpoint.flatMap { nodes[$0] }?.subscriber.leave(name)
        }
    }

    /// Brings every channel to the node where it belongs now.
    func reconcileChannels() {
        mustReconcile = false
        for (name, channel) in channels.channels {
            let wanted = listeningPlace(of: channel.slot)
            guard channel.node != wanted, let wanted else { continue }
            if let past = channel.node {
                nodes[past]?.subscriber.leave(name)
                channelInterrupted(name, at: past)
            }
            channels[name]?.node = wanted
            node(at: wanted).subscriber.join(name)
        }
    }

    private func listeningPlace(of slot: KeySlot) -> RedisEndpoint? {
        switch shape {
        case .single(let node): node.endpoint
        case .cluster(let table):
            hasShardedChannels
                ? table[slot] : table.endpoints.min { "\($0)" < "\($1)" }
        case .unknown, .closed: nil
        }
    }

    /// A node goes: its channels belong to nobody for the moment.
    func detachChannels(from endpoint: RedisEndpoint) {
        for (name, channel) in channels.channels where channel.node == endpoint {
            channelInterrupted(name, at: endpoint)
            channels[name]?.node = nil
        }
    }

    func interruptAllChannels() {
        for (name, channel) in channels.channels where channel.isSubscribed {
            channel.node.map { channelInterrupted(name, at: $0) }
        }
    }

    // MARK: What subscribers tell. A node that a channel was taken from has no say in it.

    func channelSubscribed(_ name: [UInt8], at endpoint: RedisEndpoint) {
        guard let channel = channels[name], channel.node == endpoint else { return }
        channels[name]?.isSubscribed = true
        for handler in channel.handlers.values { handler(.subscribed(channel: name)) }
    }

    func channelInterrupted(_ name: [UInt8], at endpoint: RedisEndpoint) {
        guard let channel = channels[name], channel.node == endpoint, channel.isSubscribed else {
            return
        }
        channels[name]?.isSubscribed = false
        for handler in channel.handlers.values { handler(.interrupted(channel: name)) }
    }

    /// The node no longer has it, or never took it.
    func channelLost(_ name: [UInt8], at endpoint: RedisEndpoint) {
        channelInterrupted(name, at: endpoint)
        guard channels[name]?.node == endpoint else { return }
        channels[name]?.node = nil
        mustReconcile = true
    }

    func message(_ bytes: [UInt8], on name: [UInt8], at endpoint: RedisEndpoint) {
        guard let channel = channels[name], channel.isSubscribed, channel.node == endpoint else {
            return
        }
        counters.messages += 1
        for handler in channel.handlers.values { handler(.message(channel: name, bytes)) }
    }

    func subscriberLost(at endpoint: RedisEndpoint, _ failure: LinkFailure) {
        logger.warning(
            "A subscription to Redis was lost.",
            metadata: ["node": "\(endpoint)", "reason": "\(failure)"]
        )
        discoverSoon()
        publishCondition()
    }

    // MARK: Probes.

    /// A channel of this client's own that this node has.
    func probeChannel(at endpoint: RedisEndpoint) -> [UInt8]? {
        let name = "\(settings.probePrefix)\(probeIdentity):"
        guard case .cluster(let table) = shape, hasShardedChannels else { return Array(name.utf8) }
        // Slots are spread like dice: more rolls than a node with a single slot needs on average.
        for number in 0..<8 * KeySlot.count {
            let candidate = Array("\(name)\(number)".utf8)
            if table[KeySlot(of: candidate)] == endpoint { return candidate }
        }
        return nil
    }

    /// Publishes through the link for commands of the same node, when there is one.
    func publishProbe(
        to channel: [UInt8],
        at endpoint: RedisEndpoint,
        token: () -> [UInt8],
        refused: @escaping (RedisServerError) -> Void
    ) {
        guard let link = nodes[endpoint]?.commands, link.isOpen, let verb = publishCommand else {
            return
        }
        let command = RedisCommand([Array(verb.utf8), channel, token()], to: .node(endpoint))
        let deadline = loop.now + settings.probeTimeout
        link.send(
            Request(command, deadline: deadline) { answer in
                guard case .failure(.server(let error)) = answer, error.isRefusal else { return }
                refused(error)
            }
        )
    }
}
