import TimeSeries

/// What is new in a view: the newest sample of each series that has one, by the series' number
/// there.
struct StreamUpdate: Sendable {
    var samples: [Int: Sample] = [:]
    /// Series that came since the last update.
    var added: [Int] = []

    var isEmpty: Bool { samples.isEmpty && added.isEmpty }

    mutating func take(_ later: StreamUpdate) {
        samples.merge(later.samples) { $1 }
        added += later.added
    }
}
