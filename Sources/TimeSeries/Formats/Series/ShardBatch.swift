/// The samples of one request that belong to one shard, as `SampleBatchReader` reads them.
package struct ShardBatch: Sendable, Hashable {
    package let shard: Int
    package let bytes: [UInt8]
    package let samples: Int

    package init(shard: Int, bytes: [UInt8], samples: Int) {
        self.shard = shard
        self.bytes = bytes
        self.samples = samples
    }
}
