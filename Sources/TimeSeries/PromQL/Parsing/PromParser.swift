/// Query text to a tree, by precedence climbing, with types checked on the way.
///
/// What nests is bounded, so hostile text can't overflow the stack: neither here, nor where the
/// tree is walked later.
struct PromParser {
    /// How deep parentheses may nest, and how many operators may follow each other. To parse and
    /// evaluate the deepest query takes less than 1 MiB of stack, and 4 MiB in a debug build.
    static let depthMaximum = 200

    /// An expression with what errors and modifiers need to know of it.
    struct Parsed {
        var expression: PromExpression
        var start: Int
        var end: Int
        /// Of the tree.
        var depth = 1
        /// Modifiers don't reach through parentheses.
        var isParenthesized = false

        var type: PromType { expression.type }
    }

    var lexer: PromLexer
    var current: PromToken
    /// Where the last token that was taken ends.
    var lastEnd = 0
    var selectorCount = 0
    /// Matchers with a pattern, of all selectors.
    var patternCount = 0
    private var nesting = 0

    init(_ text: String) throws(PromQLError) {
        lexer = PromLexer(text)
        current = try lexer.next()
    }

    mutating func query() throws(PromQLError) -> PromExpression {
        guard current.kind != .end else {
            throw lexer.error(0, "no expression found in input")
        }
        let parsed = try expression()
        guard current.kind == .end else { throw unexpected() }
        return parsed.expression
    }

    /// An expression whose operators bind at least as tight as `precedence`.
    mutating func expression(_ precedence: Int = 0) throws(PromQLError) -> Parsed {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.depthMaximum else { throw tooDeep(current.start) }
        var left = try unary()
        while let symbol = current.binaryOperator, symbol.precedence >= precedence {
            let token = try take()
            left = try binary(left, symbol, token)
            guard left.depth <= Self.depthMaximum else { throw tooDeep(token.start) }
        }
        return left
    }

    private func tooDeep(_ position: Int) -> PromQLError {
        lexer.error(position, "expression nests deeper than \(Self.depthMaximum) levels")
    }

    private mutating func unary() throws(PromQLError) -> Parsed {
        guard current.isSymbol(.add) || current.isSymbol(.subtract) else { return try postfix() }
        let sign = try take()
        var operand = try expression(PromOperator.powerPrecedence)
        guard operand.type == .scalar || operand.type == .vector else {
            throw lexer.error(
                sign.start,
                "unary expression only allowed on expressions of type scalar or instant vector, "
                    + "got \"\(operand.type.rawValue)\""
            )
        }
        operand.start = sign.start
        if sign.isSymbol(.subtract) {
            if case .number(let value) = operand.expression {
                operand.expression = .number(-value)
            } else {
                operand.expression = .negation(operand.expression)
                operand.depth += 1
            }
        }
        return operand
    }

    private mutating func primary() throws(PromQLError) -> Parsed {
        let token = current
        switch token.kind {
        case .number:
            try take()
            guard let value = PromLiteral.number(token.text) else {
                throw lexer.error(
                    token.start,
                    "error parsing number: \(token.text.quotedForErrors)"
                )
            }
            return Parsed(expression: .number(value), start: token.start, end: token.end)
        case .string:
            return Parsed(expression: .string(try string()), start: token.start, end: token.end)
        case .symbol(.leftParenthesis):
            try take()
            var inner = try expression()
            inner.end = try take(.rightParenthesis).end
            inner.start = token.start
            inner.isParenthesized = true
            return inner
        case .symbol(.leftBrace): return try selector(name: nil)
        case .identifier, .metricIdentifier, .keyword: return try named()
        default: throw unexpected()
        }
    }

    /// What begins with a name: a call, an aggregation, or a selector.
    private mutating func named() throws(PromQLError) -> Parsed {
        let token = try take()
        if token.kind == .identifier, current.isSymbol(.leftParenthesis) { return try call(token) }
        if let aggregator = token.keyword?.aggregator {
            switch current.kind {
            case .symbol(.leftParenthesis), .keyword(.by), .keyword(.without):
                return try aggregation(aggregator, token)
            default: break
            }
        }
        if let keyword = token.keyword, !keyword.mayNameMetric {
            throw lexer.error(token.start, "unexpected \(token.description)")
        }
        return try selector(name: token)
    }

    private mutating func postfix() throws(PromQLError) -> Parsed {
        var parsed = try primary()
        while true {
            if current.isSymbol(.leftBracket) {
                parsed = try window(parsed)
            } else if current.isKeyword(.offset) {
                try take()
                parsed = try offset(parsed)
            } else if current.isSymbol(.at) {
                try take()
                parsed = try anchor(parsed)
            } else {
                return parsed
            }
            guard parsed.depth <= Self.depthMaximum else { throw tooDeep(parsed.start) }
        }
    }
}

// MARK: - Tokens

extension PromParser {
    @discardableResult
    mutating func take() throws(PromQLError) -> PromToken {
        let taken = current
        lastEnd = taken.end
        current = try lexer.next()
        return taken
    }

    @discardableResult
    mutating func take(
        _ symbol: PromSymbol,
        in context: String = "",
        expected: String = ""
    ) throws(PromQLError) -> PromToken {
        guard current.isSymbol(symbol) else { throw unexpected(in: context, expected: expected) }
        return try take()
    }

    func unexpected(in context: String = "", expected: String = "") -> PromQLError {
        var message = "unexpected \(current.description)"
        if !context.isEmpty { message += " in \(context)" }
        if !expected.isEmpty { message += ", expected \(expected)" }
        return lexer.error(current.start, message)
    }

    mutating func string() throws(PromQLError) -> String {
        let token = try take()
        guard let text = PromLiteral.unquoted(token.text) else {
            let quoted = token.text.quotedForErrors
            throw lexer.error(token.start, "error unquoting string \(quoted): invalid syntax")
        }
        return text
    }

    mutating func duration(in context: String, expected: String) throws(PromQLError) -> Int64 {
        guard current.kind == .duration else { throw unexpected(in: context, expected: expected) }
        let token = try take()
        do {
            return try PromDuration.milliseconds(token.text)
        } catch {
            switch error {
            case .zero: throw lexer.error(token.start, "duration must be greater than 0")
            case .outOfRange: throw lexer.error(token.start, "duration out of range")
            case .notADuration:
                let quoted = token.text.quotedForErrors
                throw lexer.error(token.start, "not a valid duration string: \(quoted)")
            }
        }
    }
}
