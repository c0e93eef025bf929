import Glibc
import Hub

/// Moments as tokens have them: later and earlier ones, and now.
extension Timestamp {
    /// The system's clock.
    package static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The moment that much later; saturating, as durations come from configurations.
    package func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !overflow else { return Timestamp(milliseconds: seconds < 0 ? .min : .max) }
        let step = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        let sum = milliseconds.addingReportingOverflow(step.partialValue)
        guard !step.overflow, !sum.overflow else {
            return Timestamp(milliseconds: seconds < 0 ? .min : .max)
        }
        return Timestamp(milliseconds: sum.partialValue)
    }
}
