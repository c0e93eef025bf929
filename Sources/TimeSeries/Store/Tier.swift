/// How finely samples are kept: as they came, or rolled up by spans of time.
package enum Tier: UInt8, Sendable, Hashable, CaseIterable, Comparable {
    case raw
    case tenSeconds
    case minute
    case hour

    /// Those that roll up, the finest first.
    package static let rollups: [Tier] = [.tenSeconds, .minute, .hour]

    /// Milliseconds that one row stands for.
    package var width: Int64 {
        switch self {
        case .raw: 1
        case .tenSeconds: 10_000
        case .minute: 60_000
        case .hour: 3_600_000
        }
    }

    /// Where the span begins that a time is in.
    func start(of time: Int64) -> Int64 {
        let rest = time % width
        return time &- (rest < 0 ? rest + width : rest)
    }

    package static func < (one: Tier, other: Tier) -> Bool { one.rawValue < other.rawValue }
}
