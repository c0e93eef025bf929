/// The signs of PromQL.
enum PromSymbol: String, Sendable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBrace = "{"
    case rightBrace = "}"
    case leftBracket = "["
    case rightBracket = "]"
    case comma = ","
    case colon = ":"
    case at = "@"
    case assign = "="
    case matches = "=~"
    case matchesNot = "!~"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case power = "^"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    /// What errors call `<op:…>`.
    var isOperator: Bool {
        switch self {
        case .leftParenthesis, .rightParenthesis, .leftBrace, .rightBrace: false
        case .leftBracket, .rightBracket, .comma, .colon, .assign: false
        default: true
        }
    }
}
