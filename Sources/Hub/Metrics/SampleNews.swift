import Synchronization

/// Tells views that samples have come to a shard, so that they needn't look in vain.
final class SampleNews: Sendable {
    typealias Counts = [Int: UInt64]

    private struct Waiter {
        let shards: Set<Int>
        let wake: @Sendable () -> Void
    }

    private struct State {
        /// Of each shard, how many times samples have come.
        var counts: Counts = [:]
        var waiters: [TopicID: Waiter] = [:]
    }

    private let state = Mutex(State())

    var counts: Counts { state.withLock { $0.counts } }

    func note(_ shards: some Sequence<Int>) {
        let woken = state.withLock { state in
            for shard in shards { state.counts[shard, default: 0] += 1 }
            guard !state.waiters.isEmpty else { return [Waiter]() }
            let found = state.waiters.filter { _, waiter in
                shards.contains { waiter.shards.contains($0) }
            }
            for id in found.keys { state.waiters[id] = nil }
            return Array(found.values)
        }
        for waiter in woken { waiter.wake() }
    }

    /// Calls once when samples come to one of the shards; at once if some came after these counts.
    /// Whoever waits already waits for this instead.
    func wait(
        _ id: TopicID,
        for shards: Set<Int>,
        beyond counts: Counts,
        _ wake: @escaping @Sendable () -> Void
    ) {
        let isThere = state.withLock { state in
            guard shards.allSatisfy({ state.counts[$0] == counts[$0] }) else { return true }
            state.waiters[id] = Waiter(shards: shards, wake: wake)
            return false
        }
        if isThere { wake() }
    }

    func forget(_ id: TopicID) {
        state.withLock { $0.waiters[id] = nil }
    }
}
