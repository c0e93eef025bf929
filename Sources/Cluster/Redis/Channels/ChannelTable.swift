/// Who wants to hear which channels, and where each is subscribed to.

struct ChannelTable {
    typealias Handler = @Sendable (RedisPush) -> Void

    struct Channel {
        let slot: KeySlot
        var handlers: [RedisSubscription: Handler] = [:]
        /// The node that has been asked for it.
        var node: RedisEndpoint?
        var isSubscribed = false
    }

    private(set) var channels: [[UInt8]: Channel] = [:]
    private var subscriptions: [RedisSubscription: [[UInt8]]] = [:]

    subscript(name: [UInt8]) -> Channel? {
        get { channels[name] }
        set { channels[name] = newValue }
    }

    /// Of the channels, those that somebody hears already are returned: the new handler has to be
    /// told so.
    mutating func add(
        _ subscription: RedisSubscription,
        to names: [[UInt8]],
        _ handler: @escaping Handler
    ) -> [[UInt8]] {
        var heard: [[UInt8]] = []
        subscriptions[subscription] = names
        for name in names {
            var channel = channels[name] ?? Channel(slot: KeySlot(of: name))
            channel.handlers[subscription] = handler
            if channel.isSubscribed { heard.append(name) }
            channels[name] = channel
        }
        return heard
    }

    /// The channels that nobody wants any more, with their nodes.
    mutating func remove(_ subscription: RedisSubscription) -> [([UInt8], RedisEndpoint?)] {
        var left: [([UInt8], RedisEndpoint?)] = []
        for name in subscriptions.removeValue(forKey: subscription) ?? [] {
            channels[name]?.handlers[subscription] = nil
            guard let channel = channels[name], channel.handlers.isEmpty else { continue }
            channels[name] = nil
            left.append((name, channel.node))
        }
        return left
    }
}
