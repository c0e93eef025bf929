/// What stands between two operands.
enum PromOperator: String, Sendable {
    case or, and, unless
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case atan2
    case power = "^"

    /// The higher, the tighter it binds.
    var precedence: Int {
        switch self {
        case .or: 1
        case .and, .unless: 2
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 3
        case .add, .subtract: 4
        case .multiply, .divide, .modulo, .atan2: 5
        case .power: Self.powerPrecedence
        }
    }

    static let powerPrecedence = 6

    var isRightAssociative: Bool { self == .power }

    var isSetOperator: Bool {
        switch self {
        case .or, .and, .unless: true
        default: false
        }
    }

    var isComparison: Bool { precedence == Self.equal.precedence }
}
