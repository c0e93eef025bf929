/// Numbers as the text formats write them.
package enum NumberText {
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
    /// No number that anybody means is longer.
    private static let lengthMaximum = 400

    /// The number that these bytes of the source are, whole, or nil: decimal, hexadecimal, `NaN` or
    /// `Inf` in any case, as Go reads them.
    package static func double(_ source: RawSpan, _ range: Range<Int>) -> Double? {
        plain(source, range) ?? any(source, range)
    }

    package static func double(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        return double(bytes.span.bytes, bytes.indices)
    }

    /// Digits with a point: exact while both the digits and the power of ten are exact doubles.
    private static func plain(_ source: RawSpan, _ range: Range<Int>) -> Double? {
        var at = range.lowerBound
        guard at < range.upperBound else { return nil }
        let isNegative = byte(source, at) == UInt8(ascii: "-")
        if isNegative { at &+= 1 }
        var digits: UInt64 = 0
        var count = 0
        var fraction = 0
        var hasPoint = false
        while at < range.upperBound {
            let digit = byte(source, at) &- UInt8(ascii: "0")
            if digit <= 9 {
                digits = digits &* 10 &+ UInt64(digit)
                count &+= 1
                if hasPoint { fraction &+= 1 }
            } else if digit == UInt8(ascii: ".") &- UInt8(ascii: "0"), !hasPoint {
                hasPoint = true
            } else {
                return nil
            }
            at &+= 1
        }
        guard count > 0, count <= 18, digits < 1 << 53 else { return nil }
        let magnitude = Double(digits) / powers[fraction]
        return isNegative ? -magnitude : magnitude
    }

    private static func any(_ source: RawSpan, _ range: Range<Int>) -> Double? {
        guard !range.isEmpty, range.count <= lengthMaximum else { return nil }
        var text = ""
        for index in range {
            let byte = byte(source, index)
            guard byte < 0x80 else { return nil }
            text.unicodeScalars.append(Unicode.Scalar(byte))
        }
        let lower = text.lowercased()
        let unsigned = lower.first == "+" || lower.first == "-" ? lower.dropFirst() : lower[...]
        switch unsigned {
        case "nan": return lower == "nan" ? .nan : nil
        case "inf", "infinity": return lower.first == "-" ? -.infinity : .infinity
        default:
            let isHexadecimal = unsigned.hasPrefix("0x")
            let letters = isHexadecimal ? "0123456789abcdef.xp+-" : "0123456789.e+-"
            guard unsigned.first != "+", unsigned.first != "-",
                unsigned.allSatisfy({ letters.contains($0) })
            else { return nil }
            // One that is too large for a double is none, to Go.
            guard let number = Double(lower), number.isFinite else { return nil }
            return number
        }
    }

    /// The whole number that these bytes of the source are, or nil.
    package static func integer(_ source: RawSpan, _ range: Range<Int>) -> Int64? {
        var at = range.lowerBound
        guard at < range.upperBound else { return nil }
        let sign = byte(source, at)
        let isNegative = sign == UInt8(ascii: "-")
        if isNegative || sign == UInt8(ascii: "+") { at += 1 }
        guard at < range.upperBound else { return nil }
        var value: Int64 = 0
        while at < range.upperBound {
            let digit = byte(source, at) &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
            guard !overflows else { return nil }
            let (next, carries) =
                isNegative
                ? tenfold.subtractingReportingOverflow(Int64(digit))
                : tenfold.addingReportingOverflow(Int64(digit))
            guard !carries else { return nil }
            value = next
            at += 1
        }
        return value
    }

    @inline(__always)
    private static func byte(_ source: RawSpan, _ at: Int) -> UInt8 {
        source.unsafeLoad(fromByteOffset: at, as: UInt8.self)
    }

    /// The one way to write a number as the value of `le` or `quantile` (OpenMetrics 1.0,
    /// "Canonical Numbers"): the shortest that comes back, as Go writes it with `%g`, and at
    /// least one digit after the point. `1`, `1.0` and `1e0` are one bucket.
    package static func canonical(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        if number == 0 { return number.sign == .minus ? "-0.0" : "0.0" }
        let (digits, exponent) = shortest(number.magnitude)
        let sign = number < 0 ? "-" : ""
        let isScientific = exponent < -4 || exponent >= 6
        return sign + (isScientific ? scientific : positional)(digits, exponent)
    }

    /// How a bound is written, as far as a look at its bytes tells.
    package enum Form { case canonical, lacksFraction, other }

    /// Most bounds are written as they should be, or lack but the `.0`.
    package static func form(_ source: RawSpan, _ range: Range<Int>) -> Form {
        var point: Int?
        for index in range {
            switch byte(source, index) {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: ".") where point == nil: point = index
            default: return .other
            }
        }
        let whole = range.lowerBound..<(point ?? range.upperBound)
        guard (1...6).contains(whole.count) else { return .other }
        let isZero = byte(source, whole.lowerBound) == UInt8(ascii: "0")
        guard !isZero || whole.count == 1 else { return .other }
        guard let point else { return .lacksFraction }
        let fraction = point + 1..<range.upperBound
        guard (1...9).contains(fraction.count) else { return .other }
        let endsInZero = byte(source, fraction.upperBound - 1) == UInt8(ascii: "0")
        if endsInZero { return fraction.count == 1 ? .canonical : .other }
        // Below 0.0001 there is an exponent.
        let isSmall =
            isZero && fraction.prefix(4).allSatisfy { byte(source, $0) == UInt8(ascii: "0") }
        return isSmall ? .other : .canonical
    }

    /// The shortest digits that come back, and the power of ten of the first.
    private static func shortest(_ magnitude: Double) -> (digits: [Character], exponent: Int) {
        let text = "\(magnitude)"
        let parts = text.split(separator: "e", maxSplits: 1)
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        var digits = Array(mantissa[0]) + (mantissa.count > 1 ? Array(mantissa[1]) : [])
        var exponent = mantissa[0].count - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.count > 1, digits[0] == "0" {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        return (digits, exponent)
    }

    private static func scientific(_ digits: [Character], _ exponent: Int) -> String {
        let rest = digits.dropFirst()
        let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        let mantissa = "\(digits[0])" + (rest.isEmpty ? "" : "." + String(rest))
        return mantissa + (exponent < 0 ? "e-" : "e+") + power
    }

    private static func positional(_ digits: [Character], _ exponent: Int) -> String {
        if exponent < 0 {
            return "0." + String(repeating: "0", count: -exponent - 1) + String(digits)
        }
        let whole = exponent + 1
        if digits.count > whole {
            return String(digits[..<whole]) + "." + String(digits[whole...])
        }
        return String(digits) + String(repeating: "0", count: whole - digits.count) + ".0"
    }
}
