/// Names one subscription, so that it can be ended.

package struct RedisSubscription: Hashable, Sendable {
    let number: UInt64
}
