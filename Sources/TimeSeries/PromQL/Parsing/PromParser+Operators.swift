/// What stands between two operands, its modifiers and its right side.
extension PromParser {
    /// After the operator.
    mutating func binary(
        _ left: Parsed,
        _ symbol: PromOperator,
        _ token: PromToken
    ) throws(PromQLError) -> Parsed {
        var returnsBool = false
        if current.isKeyword(.bool) {
            try take()
            returnsBool = true
        }
        let matching = try matching()
        let right = try expression(symbol.precedence + (symbol.isRightAssociative ? 0 : 1))
        if returnsBool, !symbol.isComparison {
            throw lexer.error(
                token.start,
                "bool modifier can only be used on comparison operators"
            )
        }
        let type: PromType =
            left.type == .scalar && right.type == .scalar ? .scalar : .vector
        if type == .scalar, symbol.isComparison, !returnsBool {
            throw lexer.error(token.start, "comparisons between scalars must use BOOL modifier")
        }
        try check(matching, left, right, symbol, token)
        return Parsed(
            expression: .binary(
                PromExpression.BinaryOperation(
                    symbol: symbol,
                    left: left.expression,
                    right: right.expression,
                    returnsBool: returnsBool,
                    matching: matching ?? VectorMatching(),
                    type: type
                )
            ),
            start: left.start,
            end: right.end,
            depth: 1 + max(left.depth, right.depth)
        )
    }

    private mutating func matching() throws(PromQLError) -> VectorMatching? {
        guard current.isKeyword(.on) || current.isKeyword(.ignoring) else { return nil }
        var matching = VectorMatching()
        matching.isOn = try take().isKeyword(.on)
        matching.labels = try labelList()
        guard current.isKeyword(.groupLeft) || current.isKeyword(.groupRight) else {
            return matching
        }
        matching.cardinality = try take().isKeyword(.groupLeft) ? .manyToOne : .oneToMany
        if current.isSymbol(.leftParenthesis) { matching.included = try labelList() }
        return matching
    }

    private func check(
        _ matching: VectorMatching?,
        _ left: Parsed,
        _ right: Parsed,
        _ symbol: PromOperator,
        _ token: PromToken
    ) throws(PromQLError) {
        if let matching, matching.isOn,
            let both = matching.labels.first(where: matching.included.contains)
        {
            throw lexer.error(
                token.start,
                "label \(both.quotedForErrors) must not occur in ON and GROUP clause at once"
            )
        }
        for operand in [left, right] where operand.type != .scalar && operand.type != .vector {
            throw lexer.error(
                operand.start,
                "binary expression must contain only scalar and instant vector types"
            )
        }
        let areVectors = left.type == .vector && right.type == .vector
        if let matching, !areVectors, !matching.labels.isEmpty {
            throw lexer.error(
                left.start,
                "vector matching only allowed between instant vectors"
            )
        }
        guard symbol.isSetOperator else { return }
        if !areVectors {
            throw lexer.error(
                left.start,
                "set operator \"\(symbol.rawValue)\" not allowed in binary scalar expression"
            )
        }
        if let matching, matching.cardinality != .oneToOne {
            throw lexer.error(
                left.start,
                "no grouping allowed for \"\(symbol.rawValue)\" operation"
            )
        }
    }
}
