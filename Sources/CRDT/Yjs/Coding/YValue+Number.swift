/// Numbers as JavaScript sees them.
extension YValue {
    /// An integer where lib0 writes one, and a float otherwise.
    init(number: Double) {
        let isInteger =
            number.rounded(.towardZero) == number && abs(number) <= 0x7FFF_FFFF
            && !(number == 0 && number.sign == .minus)
        self = isInteger ? .integer(Int(number)) : .float(number)
    }

    /// How JavaScript spells a number.
    static func spell(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        guard number != 0 else { return "0" }
        let (digits, point) = decimal(abs(number))
        let sign = number < 0 ? "-" : ""
        if point > 21 || point < -5 {
            let exponent = point - 1
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")"
                + "\(exponent.magnitude)"
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count {
            return sign + digits + String(repeating: "0", count: point - digits.count)
        }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// The shortest digits that tell this number, and where in them the decimal point stands.
    private static func decimal(_ number: Double) -> (digits: String, point: Int) {
        let parts = number.description.split(separator: "e")
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        exponent += mantissa[0].count
        let all = mantissa.joined()
        let leading = all.prefix { $0 == "0" }.count
        var digits = all.dropFirst(leading)
        while digits.last == "0" { digits.removeLast() }
        return (String(digits), exponent - leading)
    }
}
