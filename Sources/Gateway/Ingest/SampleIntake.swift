import Hub
import TimeSeries

/// Where samples go once they are decoded: the hub's store of metrics.
package protocol SampleIntake: Sendable {
    /// Takes what it can of the samples, and answers when that is stored. Throws when it took none
    /// of them, as it is busy or can't store anything.
    func take(
        _ batches: [ShardBatch],
        metadata: [MetricMetadata]
    ) async throws(Rejection) -> PushReport.Outcome
}
