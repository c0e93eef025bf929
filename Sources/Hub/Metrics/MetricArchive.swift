import TimeSeries

/// The port for what shards put away: blocks of samples and of tiers' rows.
package protocol MetricArchive: Sendable {
    /// Stores blocks of a shard; durable when it returns. One that is there already, by its
    /// sequence, is not stored again.
    func store(_ blocks: [SealedBlock], of shard: Int) async throws(JournalError)

    /// Blocks of these series that have something of the tier in the span, raw ones that stand for
    /// it among them; by series, in the order they were sealed.
    func blocks(
        of shard: Int,
        series: [UInt64],
        tier: Tier,
        from start: Int64,
        to end: Int64
    ) async throws(JournalError) -> [SealedBlock]

    /// Removes blocks that ended before their tier's moment, `limit` at the most; says how many.
    func removeBlocks(
        endedBefore moments: [Tier: Int64],
        limit: Int
    ) async throws(JournalError) -> Int
}
