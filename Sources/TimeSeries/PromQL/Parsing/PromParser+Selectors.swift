/// Selectors, and what may follow them: `[5m]`, `[1h:5m]`, `offset`, `@`.
extension PromParser {
    /// As many as a series has labels.
    static let matchersMaximum = 64

    /// The current token is the one after the name, or the brace.
    mutating func selector(name: PromToken?) throws(PromQLError) -> Parsed {
        let start = name?.start ?? current.start
        var end = name?.end ?? current.end
        var matchers: [LabelMatcher] = []
        if current.isSymbol(.leftBrace) {
            try take()
            matchers = try matcherList()
            end = lastEnd
        }
        if let name {
            if let second = matchers.first(where: { $0.name == Labels.nameLabel }) {
                throw lexer.error(
                    start,
                    "metric name must not be set twice: \(name.text.quotedForErrors) or "
                        + second.value.quotedForErrors
                )
            }
            matchers.append(LabelMatcher(Labels.nameLabel, .equal, name.text))
        } else {
            try requireCondition(matchers, at: start)
        }
        let selector = PromExpression.VectorSelector(index: selectorCount, matchers: matchers)
        selectorCount += 1
        return Parsed(expression: .selector(selector), start: start, end: end)
    }

    /// Else every series there is would be selected, by a slip most likely.
    private func requireCondition(
        _ matchers: [LabelMatcher],
        at start: Int
    ) throws(PromQLError) {
        for matcher in matchers where try !admitsEmpty(matcher, at: start) { return }
        throw lexer.error(start, "vector selector must contain at least one non-empty matcher")
    }

    private func admitsEmpty(
        _ matcher: LabelMatcher,
        at start: Int
    ) throws(PromQLError) -> Bool {
        switch matcher.operation {
        case .equal: matcher.value.isEmpty
        case .notEqual: !matcher.value.isEmpty
        case .matches: try matchesEmpty(matcher.value, at: start)
        case .matchesNot: try !matchesEmpty(matcher.value, at: start)
        }
    }

    private func matchesEmpty(_ text: String, at start: Int) throws(PromQLError) -> Bool {
        var pattern = try pattern(text, at: start)
        return pattern.matches("")
    }

    private func pattern(_ text: String, at start: Int) throws(PromQLError) -> LabelPattern {
        do {
            return try LabelPattern(text)
        } catch {
            throw lexer.error(start, error.description)
        }
    }

    private mutating func matcherList() throws(PromQLError) -> [LabelMatcher] {
        var matchers: [LabelMatcher] = []
        while !current.isSymbol(.rightBrace) {
            guard matchers.count < Self.matchersMaximum else {
                throw lexer.error(
                    current.start,
                    "vector selector has more than \(Self.matchersMaximum) matchers"
                )
            }
            matchers.append(try matcher())
            if current.isSymbol(.rightBrace) { break }
            try take(.comma, in: "label matching", expected: "\",\" or \"}\"")
        }
        try take()
        return matchers
    }

    /// A name in quotes may have any characters; alone, it is the metric's name.
    private mutating func matcher() throws(PromQLError) -> LabelMatcher {
        let nameToken = current
        var name = nameToken.text
        switch nameToken.kind {
        case .identifier: try take()
        case .string:
            name = try string()
            if current.isSymbol(.comma) || current.isSymbol(.rightBrace) {
                return LabelMatcher(Labels.nameLabel, .equal, name)
            }
        default: throw unexpected(in: "label matching", expected: "identifier or \"}\"")
        }
        guard case .symbol(let symbol) = current.kind,
            let operation = LabelMatcher.Operation(rawValue: symbol.rawValue)
        else { throw unexpected(in: "label matching", expected: "label matching operator") }
        try take()
        guard current.kind == .string else {
            throw unexpected(in: "label matching", expected: "string")
        }
        let value = try string()
        if operation == .matches || operation == .matchesNot {
            patternCount += 1
            guard patternCount <= PromQuery.patternsMaximum else {
                throw lexer.error(
                    nameToken.start,
                    "query has more than \(PromQuery.patternsMaximum) matchers with patterns"
                )
            }
            _ = try pattern(value, at: nameToken.start)
        }
        return LabelMatcher(name, operation, value)
    }
}

// MARK: - Windows

extension PromParser {
    /// `[range]` or `[range:step]` after an expression.
    mutating func window(_ operand: Parsed) throws(PromQLError) -> Parsed {
        let bracket = try take()
        let range = try duration(in: "subquery selector", expected: "duration")
        var parsed = operand
        parsed.isParenthesized = false
        if current.isSymbol(.rightBracket) {
            try take()
            parsed.expression = try self.range(operand, range, bracket.start)
        } else {
            try take(.colon, in: "subquery or range", expected: "\":\" or \"]\"")
            let step = try subqueryStep()
            guard operand.type == .vector else {
                let found = operand.type == .matrix ? "matrix" : operand.type.rawValue
                throw lexer.error(
                    operand.start,
                    "subquery is only allowed on instant vector, got \(found) instead"
                )
            }
            parsed.expression = .subquery(
                PromExpression.Subquery(expression: operand.expression, range: range, step: step)
            )
            parsed.depth += 1
        }
        parsed.end = lastEnd
        return parsed
    }

    private mutating func subqueryStep() throws(PromQLError) -> Int64? {
        var step: Int64?
        if !current.isSymbol(.rightBracket) {
            step = try duration(in: "subquery selector", expected: "duration or \"]\"")
        }
        try take(.rightBracket, in: "subquery selector", expected: "\"]\"")
        return step
    }

    private func range(
        _ operand: Parsed,
        _ range: Int64,
        _ bracket: Int
    ) throws(PromQLError) -> PromExpression {
        guard case .selector(let selector) = operand.expression, !operand.isParenthesized else {
            throw lexer.error(bracket, "ranges only allowed for vector selectors")
        }
        guard selector.shift.offset == 0 else {
            throw lexer.error(bracket, "no offset modifiers allowed before range")
        }
        guard selector.shift.anchor == nil else {
            throw lexer.error(bracket, "no @ modifiers allowed before range")
        }
        return .range(selector, range)
    }
}

// MARK: - Shifts

extension PromParser {
    /// After the word `offset`.
    mutating func offset(_ operand: Parsed) throws(PromQLError) -> Parsed {
        var isNegative = false
        if current.isSymbol(.subtract) {
            isNegative = true
            try take()
        }
        let amount = try duration(in: "offset", expected: "duration")
        return try shifted(operand, "offset") { shift throws(PromQLError) in
            guard shift.offset == 0 else {
                throw lexer.error(operand.start, "offset may not be set multiple times")
            }
            shift.offset = isNegative ? -amount : amount
        }
    }

    /// After the sign `@`.
    mutating func anchor(_ operand: Parsed) throws(PromQLError) -> Parsed {
        let anchor = try anchor(at: operand.start)
        return try shifted(operand, "@") { shift throws(PromQLError) in
            guard shift.anchor == nil else {
                throw lexer.error(operand.start, "@ <timestamp> may not be set multiple times")
            }
            shift.anchor = anchor
        }
    }

    private mutating func anchor(at start: Int) throws(PromQLError) -> TimeShift.Anchor {
        if current.isKeyword(.start) || current.isKeyword(.end) {
            let keyword = try take()
            try take(.leftParenthesis, in: "@", expected: "timestamp")
            try take(.rightParenthesis, in: "@", expected: "timestamp")
            return keyword.isKeyword(.start) ? .start : .end
        }
        var sign = ""
        if current.isSymbol(.add) || current.isSymbol(.subtract) { sign = try take().text }
        guard current.kind == .number else { throw unexpected(in: "@", expected: "timestamp") }
        let token = try take()
        let milliseconds = (PromLiteral.number(token.text) ?? .nan) * (sign == "-" ? -1000 : 1000)
        // The same bound as for the query's own times.
        guard milliseconds.magnitude < 9_007_199_254_740_992 else {
            throw lexer.error(
                start,
                "timestamp out of bounds for @ modifier: \(sign)\(token.text)"
            )
        }
        return .time(Int64(milliseconds.rounded(.toNearestOrAwayFromZero)))
    }

    private func shifted(
        _ operand: Parsed,
        _ modifier: String,
        _ change: (inout TimeShift) throws(PromQLError) -> Void
    ) throws(PromQLError) -> Parsed {
        var parsed = operand
        parsed.end = lastEnd
        switch operand.expression {
        case .selector(var selector) where !operand.isParenthesized:
            try change(&selector.shift)
            parsed.expression = .selector(selector)
        case .range(var selector, let range) where !operand.isParenthesized:
            try change(&selector.shift)
            parsed.expression = .range(selector, range)
        case .subquery(var subquery) where !operand.isParenthesized:
            try change(&subquery.shift)
            parsed.expression = .subquery(subquery)
        default:
            throw lexer.error(
                operand.start,
                "\(modifier) modifier must be preceded by an instant vector selector or "
                    + "range vector selector or a subquery"
            )
        }
        return parsed
    }
}
