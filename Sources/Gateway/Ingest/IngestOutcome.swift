import TimeSeries

/// What became of the samples of a request, over all shards.
package struct IngestOutcome: Sendable, Hashable {
    package var accepted: Int
    /// Known already, with the same time and value: nothing is wrong.
    package var duplicates: Int
    package var refused: [Refusal: Int]

    package init(accepted: Int = 0, duplicates: Int = 0, refused: [Refusal: Int] = [:]) {
        self.accepted = accepted
        self.duplicates = duplicates
        self.refused = refused
    }
}
