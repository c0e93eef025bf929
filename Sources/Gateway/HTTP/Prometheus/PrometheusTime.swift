import Foundation

/// Moments and spans as Prometheus' API has them in parameters.
enum PrometheusTime {
    /// What milliseconds can say and a query can be asked of: a hundred thousand years.
    private static let secondsMaximum = 3e12

    /// Milliseconds since 1970, of seconds with or without a fraction or of RFC 3339.
    static func moment(_ text: String) -> Int64? {
        if let seconds = Double(text) { return milliseconds(seconds) }
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        guard text.utf8.count <= 40, let date = try? style.parse(text) else { return nil }
        return milliseconds(date.timeIntervalSince1970)
    }

    /// Milliseconds, of seconds or of a duration such as `1h30m`.
    static func span(_ text: String) -> Int64? {
        if let seconds = Double(text) { return milliseconds(seconds) }
        var rest = Substring(text)
        var total: Int64 = 0
        var last = Int64.max
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            let unit = rest.prefix { $0.isLetter }
            rest = rest[unit.endIndex...]
            guard let count = Int64(digits), let length = units[String(unit)], length < last else {
                return nil
            }
            let (part, isTooLong) = count.multipliedReportingOverflow(by: length)
            let (sum, isOver) = total.addingReportingOverflow(part)
            guard !isTooLong, !isOver else { return nil }
            total = sum
            last = length
        }
        return text.isEmpty ? nil : total
    }

    private static let units: [String: Int64] = [
        "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
        "y": 31_536_000_000,
    ]

    private static func milliseconds(_ seconds: Double) -> Int64? {
        guard seconds.isFinite, abs(seconds) <= secondsMaximum else { return nil }
        return Int64((seconds * 1000).rounded())
    }
}
