/// Numbers as Go prints them, which is what Prometheus shows.
extension Double {
    /// The shortest decimal that reads back as this number, without an exponent.
    package var goText: String {
        var bytes: [UInt8] = []
        append(to: &bytes, withExponent: false)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// As the HTTP API prints a value: with an exponent where it is very large or very small.
    func appendJSON(to bytes: inout [UInt8]) {
        let isExtreme = self != 0 && isFinite && (magnitude < 1e-6 || magnitude >= 1e21)
        append(to: &bytes, withExponent: isExtreme)
    }

    private func append(to bytes: inout [UInt8], withExponent: Bool) {
        if isNaN { return bytes += "NaN".utf8 }
        if isInfinite { return bytes += (self < 0 ? "-Inf" : "+Inf").utf8 }
        if sign == .minus { bytes.append(UInt8(ascii: "-")) }
        let isModerate = magnitude < 9_007_199_254_740_992
        if isModerate, !withExponent, self == rounded(.towardZero) {
            return bytes.append(digitsOf: UInt64(magnitude))
        }
        // Swift prints the same digits, and few numbers with an exponent.
        if isModerate, magnitude >= 1e-4 { return bytes += magnitude.description.utf8 }
        let (digits, point) = shortestDigits
        bytes += withExponent ? Self.scientific(digits, point) : Self.plain(digits, point)
    }

    /// The significant digits, and how many of them come before the point.
    private var shortestDigits: (digits: [UInt8], point: Int) {
        var digits: [UInt8] = []
        var point: Int?
        var exponent = 0
        var text = magnitude.description.utf8[...]
        while let byte = text.popFirst() {
            if byte == UInt8(ascii: ".") {
                point = digits.count
            } else if byte | 0x20 == UInt8(ascii: "e") {
                exponent = Int(String(Substring(text))) ?? 0
                break
            } else {
                digits.append(byte)
            }
        }
        var place = (point ?? digits.count) + exponent
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        place -= leading
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, place)
    }

    private static func plain(_ digits: [UInt8], _ point: Int) -> [UInt8] {
        let zero = UInt8(ascii: "0")
        if point <= 0 {
            return [zero, UInt8(ascii: ".")] + Array(repeating: zero, count: -point) + digits
        }
        if point >= digits.count {
            return digits + Array(repeating: zero, count: point - digits.count)
        }
        return digits[..<point] + [UInt8(ascii: ".")] + digits[point...]
    }

    /// At least two digits in the exponent.
    private static func scientific(_ digits: [UInt8], _ point: Int) -> [UInt8] {
        var bytes = [digits[0]]
        if digits.count > 1 { bytes += [UInt8(ascii: ".")] + digits.dropFirst() }
        let exponent = point - 1
        bytes += Array((exponent < 0 ? "e-" : "e+").utf8)
        if exponent.magnitude < 10 { bytes.append(UInt8(ascii: "0")) }
        return bytes + Array(String(exponent.magnitude).utf8)
    }
}
