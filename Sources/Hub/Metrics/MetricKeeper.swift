import Logging
import TimeSeries

/// Puts away what shards have sealed, and removes what is kept no longer. One per node.
package actor MetricKeeper {
    private static let portion = 500
    private static let interval: Duration = .seconds(2)
    /// Rounds between two sweeps, and between two looks for what is too old.
    private static let sweepRounds = 30

    private let shards: MetricShards
    private let archive: any MetricArchive
    private let retention: MetricRetention
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    package init(
        shards: MetricShards,
        archive: any MetricArchive,
        retention: MetricRetention,
        now: @escaping @Sendable () -> Timestamp,
        logger: Logger
    ) {
        self.shards = shards
        self.archive = archive
        self.retention = retention
        self.now = now
        self.logger = logger
    }

    /// Until it is cancelled.
    package func run() async {
        var round = 0
        while (try? await Task.sleep(for: Self.interval)) != nil {
            round += 1
            await keep(isSweeping: round % Self.sweepRounds == 0)
        }
    }

    /// One round. What fails is done in the next.
    package func keep(isSweeping: Bool) async {
        do {
            let own = shards.places.ownShards
            for shard in shards.places.all {
                // Time passes in a shard by what its node puts into the log.
                if isSweeping, own.contains(shard) { try await shards.sweep(shard) }
                try await putAway(shard)
            }
            if isSweeping { try await removeOld() }
        } catch {
            logger.warning("Samples were not put away", metadata: ["error": "\(error)"])
        }
    }

    private func putAway(_ shard: Int) async throws {
        while true {
            let blocks = try await shards.read(shard) {
                Array($0.sealed(from: 0, limit: Self.portion))
            }
            guard let last = blocks.last else { return }
            try await archive.store(blocks, of: shard)
            try await shards.noteStored(shard, below: last.sequence + 1)
            guard blocks.count == Self.portion else { return }
        }
    }

    private func removeOld() async throws {
        let moments = retention.moments(at: now().milliseconds)
        while try await archive.removeBlocks(endedBefore: moments, limit: 2000) == 2000 {}
    }
}
