import Hub
import Synchronization

/// The right to do what one node of a cluster does for all of them.
///
/// Held by a lease in Redis, by Redis's clock; each holder has a higher fence than the one before.
/// A node that was frozen may go on for a moment with a right that is another's by now: what it
/// then decides meets the order of the log, which is why nothing is done twice.
package final class WorkLease: Sendable {
    private struct Standing {
        var fence: Int64?
        /// Until when the node may act on it, and from when it asks again.
        var end = ContinuousClock.now
        var renewal = ContinuousClock.now
        var holds: Bool { fence != nil && end > .now }
    }

    /// Between two questions of one that has not got it.
    private static let askGap: Duration = .milliseconds(500)

    private let client: RedisClient
    private let key: [UInt8]
    private let holder: [UInt8]
    private let term: Duration
    private let standing = Mutex(Standing())

    /// - Parameter holder: The node's incarnation.
    package init(
        _ name: String,
        client: RedisClient,
        prefix: String,
        holder: String,
        term: Duration = .seconds(6)
    ) {
        self.client = client
        self.holder = Array(holder.utf8)
        self.term = term
        key = Array("\(prefix):{work}:\(name)".utf8)
    }

    /// The number of this node's hold; nil while it has none.
    package var fence: Int64? {
        standing.withLock { $0.holds ? $0.fence : nil }
    }

    /// Whether this node has the right now: takes it if it is free.
    package func hold() async -> Bool {
        let now = ContinuousClock.now
        let known: Bool? = standing.withLock { now < $0.renewal ? $0.holds : nil }
        if let known { return known }
        let answer = try? await client.run(
            Self.taking,
            keys: [key],
            arguments: [holder, Array(String(term.milliseconds).utf8)]
        )
        // Without an answer an earlier hold lasts to its end, counted from before it was asked for.
        if let number = answer?.integer {
            standing.withLock { standing in
                standing.fence = number > 0 ? number : nil
                standing.end = now + term
                standing.renewal = now + (number > 0 ? term / 3 : min(term / 3, Self.askGap))
            }
        }
        return fence != nil
    }

    /// Leaves it to the others at once.
    package func giveBack() async {
        guard standing.withLock({ $0.fence }) != nil else { return }
        standing.withLock { $0.fence = nil }
        _ = try? await client.run(Self.returning, keys: [key], arguments: [holder])
    }

    private static let taking = RedisScript(
        """
        -- KEYS lease
        -- ARGV holder term-ms
        local time = redis.call('TIME')
        local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
        local held = redis.call('HMGET', KEYS[1], 'holder', 'end', 'fence')
        local fence = tonumber(held[3] or '0')
        if held[1] ~= ARGV[1] then
            if held[1] and tonumber(held[2]) > now then return 0 end
            fence = fence + 1
        end
        redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'fence', fence,
            'end', string.format('%.0f', now + tonumber(ARGV[2])))
        return fence
        """
    )

    private static let returning = RedisScript(
        """
        -- KEYS lease
        -- ARGV holder
        if redis.call('HGET', KEYS[1], 'holder') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 'end', '0')
        return 1
        """
    )
}
