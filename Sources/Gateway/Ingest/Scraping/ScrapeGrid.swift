/// The moments at which a target is scraped: multiples of the interval, moved by a part of it that
/// follows from the target, so that not all are scraped at once.
package struct ScrapeGrid: Sendable, Hashable {
    /// In milliseconds.
    package let interval: Int64
    package let shift: Int64

    package init(interval: Int64, key: String) {
        precondition(interval > 0, "An interval is longer than nothing.")
        self.interval = interval
        // FNV-1a: the same in every run, so that the grid survives a restart.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01B3 }
        hash ^= hash >> 32
        shift = Int64(hash % UInt64(interval))
    }

    /// The first moment after that time.
    package func next(after time: Int64) -> Int64 {
        let since = time - shift
        let (quotient, rest) = since.quotientAndRemainder(dividingBy: interval)
        return (rest < 0 ? quotient : quotient + 1) * interval + shift
    }

    /// The time that samples get which were due then: on the grid, unless they are late by more
    /// than a hundredth of the interval.
    package func snap(_ actual: Int64, due: Int64) -> Int64 {
        abs(actual - due) <= max(2, interval / 100) ? due : actual
    }
}
