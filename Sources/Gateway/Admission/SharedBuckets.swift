import Hub
import Synchronization

/// Buckets that many connections share: one for each user, or for each address.
///
/// Bounded: full buckets are forgotten when the map is full, as a new one would be the same. When
/// none is full the newcomer is let through uncounted; whoever holds that many names has connection
/// caps to fight with. Split by hash, so that loops seldom wait for each other.
package final class SharedBuckets: Sendable {
    private struct State {
        var buckets: [String: TokenBucket] = [:]
        var sweptAt = Timestamp(milliseconds: .min)
    }

    private final class Shard: Sendable {
        let state = Mutex(State())
    }

    private static let shardCount = 16

    private let shards: [Shard]
    private let rate: TokenBucket.Rate
    private let shardMaximum: Int

    package init(_ rate: TokenBucket.Rate, capacity: Int = 65_536) {
        self.rate = rate
        shardMaximum = max(1, capacity / Self.shardCount)
        shards = (0..<Self.shardCount).map { _ in Shard() }
    }

    package func take(_ cost: Int, for name: String, at now: Timestamp) -> Duration? {
        shard(name).state.withLock { state in
            if state.buckets[name] == nil {
                makeRoom(in: &state, at: now)
                guard state.buckets.count < shardMaximum else { return nil }
            }
            return state.buckets[name, default: TokenBucket(rate, at: now)]
                .take(cost, rate, at: now)
        }
    }

    package func restore(_ cost: Int, for name: String) {
        shard(name).state.withLock { $0.buckets[name]?.restore(cost, rate) }
    }

    package var count: Int {
        shards.reduce(0) { sum, shard in sum + shard.state.withLock { $0.buckets.count } }
    }

    private func shard(_ name: String) -> Shard {
        shards[Int(UInt(bitPattern: name.hashValue) % UInt(Self.shardCount))]
    }

    /// At most once a second: else each newcomer to a full map would walk through all of it.
    private func makeRoom(in state: inout State, at now: Timestamp) {
        guard state.buckets.count >= shardMaximum,
            now < state.sweptAt || state.sweptAt.advanced(by: .seconds(1)) <= now
        else { return }
        state.sweptAt = now
        state.buckets = state.buckets.filter { _, bucket in
            var bucket = bucket
            return !bucket.isFull(rate, at: now)
        }
    }
}
