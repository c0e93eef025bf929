import Hub
import TimeSeries

/// Samples on their way into the hub's own streams.
package struct StreamIntake: SampleIntake {
    private let shards: MetricShards
    private let descriptions: MetricDescriptions

    package init(router: Router) {
        shards = router.shards
        descriptions = router.streams.descriptions
    }

    package func take(
        _ batches: [ShardBatch],
        metadata: [MetricMetadata]
    ) async throws(Rejection) -> PushReport.Outcome {
        for entry in metadata {
            let description = MetricDescription(
                type: "\(entry.kind)",
                help: entry.help,
                unit: entry.unit
            )
            descriptions.note(description, of: entry.family)
        }
        return try await shards.push(batches, by: .hub)
    }
}
