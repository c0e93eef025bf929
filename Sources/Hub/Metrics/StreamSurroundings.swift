/// What streams need besides the journal.
package struct StreamSurroundings: Sendable {
    package let archive: any MetricArchive
    package let descriptions = MetricDescriptions()
    package let retention: MetricRetention
    package let places: ShardPlaces
    /// What is on its way to the shards; bounded, as each of their queues may hold large batches.
    let inFlight = BytesInFlight(maximum: 64 << 20)
    let news = SampleNews()

    package init(
        archive: any MetricArchive = InMemoryMetricArchive(),
        retention: MetricRetention = MetricRetention(),
        places: ShardPlaces = ShardPlaces()
    ) {
        self.archive = archive
        self.retention = retention
        self.places = places
    }
}
