import Glibc

/// What operators do with two numbers.
extension PromOperator {
    /// Arithmetic; what a comparison that holds keeps is its left side.
    var arithmetic: ((Double, Double) -> Double)? {
        switch self {
        case .add: { $0 + $1 }
        case .subtract: { $0 - $1 }
        case .multiply: { $0 * $1 }
        case .divide: { $0 / $1 }
        case .modulo: { fmod($0, $1) }
        case .power: { pow($0, $1) }
        case .atan2: { Glibc.atan2($0, $1) }
        default: nil
        }
    }

    var comparison: ((Double, Double) -> Bool)? {
        switch self {
        case .equal: { $0 == $1 }
        case .notEqual: { $0 != $1 }
        case .less: { $0 < $1 }
        case .lessOrEqual: { $0 <= $1 }
        case .greater: { $0 > $1 }
        case .greaterOrEqual: { $0 >= $1 }
        default: nil
        }
    }

    /// One function for all: a value, or `absent` where a comparison does not hold.
    /// `kept` is what a comparison that holds gives.
    func combining(
        returnsBool: Bool,
        keepsRight: Bool = false
    ) -> (Double, Double) -> Double {
        if let arithmetic { return { arithmetic($0, $1).asResult } }
        guard let comparison else {
            preconditionFailure("Set operators are not for two numbers.")
        }
        if returnsBool { return { comparison($0, $1) ? 1 : 0 } }
        if keepsRight { return { comparison($0, $1) ? $1 : .absent } }
        return { comparison($0, $1) ? $0 : .absent }
    }
}
