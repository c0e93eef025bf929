/// How much a connection may queue. Policy: past `maximum` the connection ends as overflowed; a
/// sender who cares looks at `queuedBytes` long before, and hears when the queue has drained.

package struct OutboxLimits: Hashable, Sendable {
    /// `connectionDrained` is called when the queue falls to this …
    package var lowWater: Int
    /// … after it was above this.
    package var highWater: Int
    package var maximum: Int

    package init(
        lowWater: Int = 64 << 10,
        highWater: Int = 256 << 10,
        maximum: Int = 64 << 20
    ) {
        self.lowWater = lowWater
        self.highWater = highWater
        self.maximum = maximum
    }
}
