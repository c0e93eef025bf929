/// Samples of one request, sorted into a batch for each shard.
package struct ShardBatches: SampleSink, Sendable {
    /// By shard.
    package private(set) var writers: [SampleBatchWriter]
    private var current = 0

    /// With room for a request that weighs so much.
    package init(reserving capacity: Int = 0) {
        let share = capacity / SeriesHash.shards
        writers = (0..<SeriesHash.shards).map { _ in
            SampleBatchWriter(reserving: share + share / 4)
        }
    }

    package mutating func begin(series labels: RawSpan) {
        current = SeriesHash.shard(of: labels)
        writers[current].beginSeries(labels)
    }

    package mutating func append(_ sample: Sample) {
        writers[current].append(at: sample.at, value: sample.value)
    }

    package var samples: Int { writers.reduce(0) { $0 + $1.samples } }

    package mutating func removeAll() {
        for index in writers.indices { writers[index].removeAll() }
    }

    /// The batches that hold anything.
    package consuming func finish() -> [ShardBatch] {
        writers.enumerated().compactMap { shard, writer in
            let samples = writer.samples
            guard samples > 0 else { return nil }
            return ShardBatch(shard: shard, bytes: writer.finish(), samples: samples)
        }
    }
}
