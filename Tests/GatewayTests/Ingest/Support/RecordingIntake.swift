import Gateway
import Hub
import Synchronization
import TimeSeries

/// Keeps the samples that it is given, and answers as the test says.
final class RecordingIntake: SampleIntake {
    private struct State {
        var lines: [String] = []
        var metadata: [MetricMetadata] = []
        var shards: Set<Int> = []
    }

    private let state = Mutex(State())
    private let answer: @Sendable (Int) throws(Rejection) -> PushReport.Outcome

    /// - Parameter answer: What becomes of so many samples.
    init(
        answer: @escaping @Sendable (Int) throws(Rejection) -> PushReport.Outcome = {
            PushReport.Outcome(accepted: $0)
        }
    ) {
        self.answer = answer
    }

    /// `name{label="value"} 1.0 1000`, sorted; `stale` for the marker.
    var lines: [String] { state.withLock { $0.lines.sorted() } }
    var metadata: [MetricMetadata] { state.withLock { $0.metadata } }
    var shards: Set<Int> { state.withLock { $0.shards } }

    /// What came since the last call.
    func takeLines() -> [String] {
        state.withLock { state in exchange(&state.lines, with: []).sorted() }
    }

    func take(
        _ batches: [ShardBatch],
        metadata: [MetricMetadata]
    ) async throws(Rejection) -> PushReport.Outcome {
        let outcome = try answer(batches.reduce(0) { $0 + $1.samples })
        state.withLock { state in
            state.metadata += metadata
            for batch in batches {
                state.shards.insert(batch.shard)
                state.lines += Self.lines(batch.bytes)
            }
        }
        return outcome
    }

    private static func lines(_ batch: [UInt8]) -> [String] {
        var reader = SampleBatchReader(batch)
        var lines: [String] = []
        while let series = reader.next() {
            let labels = Labels(canonical: Array(batch[series.labels]))
            for index in 0..<series.samples {
                let sample = reader.sample(index, of: series)
                lines.append(
                    "\(labels) \(sample.isStale ? "stale" : "\(sample.value)") \(sample.at)"
                )
            }
        }
        return lines
    }
}
