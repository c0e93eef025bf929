/// Durations as PromQL writes them: `1h30m`, the larger units first, none of them twice.
package enum PromDuration {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000),
        ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]

    /// About 292 years, what Prometheus's 64 bits of nanoseconds hold. Sums of a few of them and
    /// of any time can't overflow.
    static let millisecondsMaximum: Int64 = 9_223_372_036_854

    package enum Failure: Error {
        case notADuration
        case outOfRange
        case zero
    }

    package static func milliseconds(_ text: String) throws(Failure) -> Int64 {
        var total: Int64 = 0
        var unit = 0
        var rest = text.utf8[...]
        while !rest.isEmpty {
            let digits = rest.prefix(while: \.isDigit)
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard !digits.isEmpty,
                let found = units[unit...].firstIndex(where: { $0.name.utf8.elementsEqual(name) })
            else { throw .notADuration }
            unit = found + 1
            guard let count = Int64(Substring(digits)) else { throw .outOfRange }
            let (product, overflows) = count.multipliedReportingOverflow(
                by: units[found].milliseconds
            )
            guard !overflows, product <= millisecondsMaximum - total else { throw .outOfRange }
            total += product
        }
        guard total > 0 else { throw .zero }
        return total
    }
}
