/// A moment on the monotonic clock, in nanoseconds. Instants of different loops compare.

package struct LoopInstant: Hashable, Comparable, Sendable {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static func < (left: LoopInstant, right: LoopInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// Saturates: no duration, however long, overflows.
    package static func + (instant: LoopInstant, duration: Duration) -> LoopInstant {
        let (sum, overflowed) = instant.nanoseconds.addingReportingOverflow(
            duration.wholeNanoseconds
        )
        if overflowed { return LoopInstant(nanoseconds: duration < .zero ? .min : .max) }
        return LoopInstant(nanoseconds: sum)
    }

    package static func - (later: LoopInstant, earlier: LoopInstant) -> Duration {
        .nanoseconds(later.nanoseconds &- earlier.nanoseconds)
    }
}

extension Duration {
    /// The duration in nanoseconds, saturated at what an Int64 holds (292 years).
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        if overflowed || carried { return seconds < 0 ? .min : .max }
        return sum
    }
}
