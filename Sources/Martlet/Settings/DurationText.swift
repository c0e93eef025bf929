/// Times as people write them: `250ms`, `30s`, `5m`, `2h`, `7d`, and `0`.
enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        // Before m and s, which it ends with.
        ("ms", 1), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000),
    ]

    static func read(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        guard let unit = units.first(where: { text.hasSuffix($0.name) }) else { return nil }
        let digits = text.dropLast(unit.name.count)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int64(digits)
        else { return nil }
        let product = number.multipliedReportingOverflow(by: unit.milliseconds)
        return product.overflow ? nil : .milliseconds(product.partialValue)
    }

    static func text(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        if milliseconds == 0 { return "0" }
        let unit = units.dropFirst().first { milliseconds % $0.milliseconds == 0 } ?? units[0]
        return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
}
