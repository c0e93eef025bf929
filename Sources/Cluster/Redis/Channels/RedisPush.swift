/// What a subscription tells of one channel. Called on the client's loop.

package enum RedisPush: Hashable, Sendable {
    /// From now on messages come. Each time anew after an interruption: what was published
    /// meanwhile is missing.
    case subscribed(channel: [UInt8])
    case message(channel: [UInt8], [UInt8])
    /// Messages no longer come, until it is subscribed again.
    case interrupted(channel: [UInt8])
}
