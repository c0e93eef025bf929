/// How things stand between a client and its Redis, for whoever asks after its health.

package struct RedisCondition: Hashable, Sendable {
    package enum Kind: String, Sendable {
        /// Nobody has answered yet.
        case unknown
        case single
        case sentinel
        case cluster
    }

    package enum LinkState: String, Sendable {
        case none
        case connecting
        case open
        /// Lost; it is made anew after a while.
        case resting
    }

    package struct Node: Hashable, Sendable {
        package var endpoint: RedisEndpoint
        package var role: String
        package var commands: LinkState
        package var subscription: LinkState
        package var lastError: String?
        package var unanswered: Int
        /// Channels that are subscribed to there.
        package var channels: Int
        /// How long the last probe took through Redis and back, and how long ago that was.
        package var probeRoundTrip: Duration?
        package var probeAge: Duration?
        /// Why there is no probe although there is a subscription.
        package var probeRefusal: String?
    }

    package var kind = Kind.unknown
    package var version: String?
    /// Whether commands for any key can be sent now.
    package var isServing = false
    package var nodes: [Node] = []
    /// Commands that wait for a node.
    package var waiting = 0
    package var lastError: String?

    package init() {}
}
