import TimeSeries

/// What can be asked of a shard of streams. Comes from the hub, which has sorted it by shard.
package enum MetricShardCommand: Sendable {
    /// Samples of many series, as `SampleBatchWriter` makes them.
    case push([UInt8], PushReport)
    /// Lets time pass, so that what is idle is put away.
    case sweep
    /// Looks at the store, and takes nothing of it along that is not copied.
    case read(@Sendable (borrowing ShardStore) -> Void)
    /// All blocks below that sequence are in the archive.
    case noteStored(below: UInt64)
}
