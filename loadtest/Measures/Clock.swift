import Reactor

/// The monotonic clock, in nanoseconds.
enum Clock {
    static func now() -> Int64 { MonotonicTime().now().nanoseconds }

    static func nanoseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    static func seconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e9 }
}
