/// A query as a tree. Parentheses have done their work when it stands.
indirect enum PromExpression: Sendable {
    case number(Double)
    case string(String)
    case selector(VectorSelector)
    /// The samples of a selector's series in a window before each step, in milliseconds.
    case range(VectorSelector, Int64)
    case subquery(Subquery)
    case call(PromFunction, [PromExpression])
    case aggregation(Aggregation)
    case binary(BinaryOperation)
    case negation(PromExpression)

    struct VectorSelector: Sendable {
        /// The place among the query's selectors, in the order in which they are written.
        let index: Int
        let matchers: [LabelMatcher]
        var shift = TimeShift()
    }

    /// An expression evaluated at steps of its own, in a window before each step of the query.
    struct Subquery: Sendable {
        let expression: PromExpression
        let range: Int64
        /// Nil: the default resolution.
        let step: Int64?
        var shift = TimeShift()
    }

    struct Aggregation: Sendable {
        let aggregator: PromAggregator
        let parameter: PromExpression?
        let operand: PromExpression
        let grouping: Grouping
    }

    struct Grouping: Sendable {
        var labels: [String] = []
        /// `without`: the labels are those that go.
        var isWithout = false
    }

    struct BinaryOperation: Sendable {
        let symbol: PromOperator
        let left: PromExpression
        let right: PromExpression
        let returnsBool: Bool
        let matching: VectorMatching
        let type: PromType
    }

    var type: PromType {
        switch self {
        case .number: .scalar
        case .string: .string
        case .selector, .aggregation: .vector
        case .range, .subquery: .matrix
        case .call(let function, _): function.signature.result
        case .binary(let operation): operation.type
        case .negation(let operand): operand.type
        }
    }

    /// Whether it is the same at every step, as what `@` holds in place is.
    var isConstant: Bool {
        switch self {
        case .number, .string: true
        case .selector(let selector), .range(let selector, _): selector.shift.anchor != nil
        case .subquery(let subquery): subquery.shift.anchor != nil
        case .call(let function, let arguments):
            !function.looksAtClock && arguments.allSatisfy(\.isConstant)
        case .aggregation(let aggregation):
            aggregation.operand.isConstant && aggregation.parameter?.isConstant ?? true
        case .binary(let operation): operation.left.isConstant && operation.right.isConstant
        case .negation(let operand): operand.isConstant
        }
    }
}
