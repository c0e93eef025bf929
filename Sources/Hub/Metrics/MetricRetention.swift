import TimeSeries

/// For how long samples and each tier's rows are kept.
package struct MetricRetention: Sendable, Hashable {
    private static let day: Int64 = 86_400_000

    /// In milliseconds.
    package var raw: Int64 = 15 * day
    package var tenSeconds: Int64 = 15 * day
    package var minute: Int64 = 90 * day
    package var hour: Int64 = 400 * day

    package init() {}

    package func kept(_ tier: Tier) -> Int64 {
        switch tier {
        case .raw: raw
        case .tenSeconds: tenSeconds
        case .minute: minute
        case .hour: hour
        }
    }

    /// Before which moment a block must have ended to be removed.
    func moments(at now: Int64) -> [Tier: Int64] {
        Dictionary(uniqueKeysWithValues: Tier.allCases.map { ($0, now - kept($0)) })
    }

    /// Samples as they came for as far back as they are kept, and beyond that the finest tier that
    /// reaches there.
    func tier(reachingTo from: Int64, at now: Int64) -> Tier {
        Tier.allCases.first { from >= now - kept($0) } ?? .hour
    }
}
