import Glibc

/// Functions that change each value by itself.
extension PromFunction {
    var elementwise: ((Double) -> Double)? {
        switch self {
        case .abs: { $0.magnitude }
        case .ceil: { $0.rounded(.up) }
        case .floor: { $0.rounded(.down) }
        case .sqrt: { $0.squareRoot() }
        case .exp: { Glibc.exp($0) }
        case .ln: { log($0) }
        case .log2: { Glibc.log2($0) }
        case .log10: { Glibc.log10($0) }
        case .sgn: { $0 < 0 ? -1 : $0 > 0 ? 1 : $0 }
        case .deg: { $0 * 180 / .pi }
        case .rad: { $0 * .pi / 180 }
        default: trigonometric
        }
    }

    private var trigonometric: ((Double) -> Double)? {
        switch self {
        case .sin: { Glibc.sin($0) }
        case .cos: { Glibc.cos($0) }
        case .tan: { Glibc.tan($0) }
        case .asin: { Glibc.asin($0) }
        case .acos: { Glibc.acos($0) }
        case .atan: { Glibc.atan($0) }
        case .sinh: { Glibc.sinh($0) }
        case .cosh: { Glibc.cosh($0) }
        case .tanh: { Glibc.tanh($0) }
        case .asinh: { Glibc.asinh($0) }
        case .acosh: { Glibc.acosh($0) }
        case .atanh: { Glibc.atanh($0) }
        default: nil
        }
    }

    var dateField: ((UTCDate) -> Int)? {
        switch self {
        case .year: { $0.year }
        case .month: { $0.month }
        case .dayOfMonth: { $0.day }
        case .daysInMonth: { $0.daysInMonth }
        case .dayOfWeek: { $0.weekday }
        case .dayOfYear: { $0.dayOfYear }
        case .hour: { $0.secondOfDay / 3600 }
        case .minute: { $0.secondOfDay / 60 % 60 }
        default: nil
        }
    }
}
