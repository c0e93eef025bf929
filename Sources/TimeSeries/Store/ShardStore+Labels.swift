/// The labels of series, by when they had samples.
extension ShardStore {
    /// The labels of a series that has had a sample at that time or later.
    package func labels(of series: SeriesID, from: Int64) -> Labels? {
        guard let labels = labels(of: series), heads[Int(series.slot)].last.at >= from else {
            return nil
        }
        return labels
    }
}
