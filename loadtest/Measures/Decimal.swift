/// Numbers as people read them.
enum Decimal {
    /// With a comma between thousands.
    static func grouped(_ number: Int) -> String {
        var digits = String(number.magnitude)
        var grouped = ""
        while digits.count > 3 {
            grouped = "," + digits.suffix(3) + grouped
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + digits + grouped
    }

    static func text(_ number: Double, decimals: Int) -> String {
        guard number.isFinite, number.magnitude < 1e15 else { return "\(number)" }
        let plain = plain(number, decimals: decimals)
        guard let point = plain.firstIndex(of: "."), let whole = Int(plain[..<point]) else {
            return Int(plain).map(grouped) ?? plain
        }
        return whole.magnitude < 1000 ? plain : grouped(whole) + plain[point...]
    }

    static func plain(_ number: Double, decimals: Int) -> String {
        var scale = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = Int((number.magnitude * Double(scale)).rounded())
        let sign = number < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(scaled)" }
        let fraction = String(scaled % scale)
        let zeros = String(repeating: "0", count: decimals - fraction.count)
        return "\(sign)\(scaled / scale).\(zeros)\(fraction)"
    }
}
