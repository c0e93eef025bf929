/// Function calls and aggregations, with their arguments' types.
extension PromParser {
    mutating func call(_ name: PromToken) throws(PromQLError) -> Parsed {
        let arguments = try arguments()
        guard let function = PromFunction(rawValue: name.text) else {
            throw lexer.error(
                name.start,
                "unknown function with name \(name.text.quotedForErrors)"
            )
        }
        try check(arguments, of: function, at: name.start)
        return Parsed(
            expression: .call(function, arguments.map(\.expression)),
            start: name.start,
            end: lastEnd,
            depth: 1 + (arguments.map(\.depth).max() ?? 0)
        )
    }

    private mutating func arguments() throws(PromQLError) -> [Parsed] {
        try take(.leftParenthesis)
        var arguments: [Parsed] = []
        while !current.isSymbol(.rightParenthesis) {
            arguments.append(try expression())
            guard !current.isSymbol(.rightParenthesis) else { break }
            let comma = try take(.comma)
            if current.isSymbol(.rightParenthesis) {
                throw lexer.error(
                    comma.start,
                    "trailing commas not allowed in function call args"
                )
            }
        }
        try take()
        return arguments
    }

    private func check(
        _ arguments: [Parsed],
        of function: PromFunction,
        at start: Int
    ) throws(PromQLError) {
        let signature = function.signature
        let declared = signature.arguments
        let minimum = declared.count - (signature.repeatsLast ? 1 : signature.optional)
        let maximum = signature.repeatsLast ? Int.max : declared.count
        guard arguments.count >= minimum, arguments.count <= maximum else {
            let isFixed = minimum == maximum
            let bound = arguments.count < minimum ? "at least \(minimum)" : "at most \(maximum)"
            throw lexer.error(
                start,
                "expected \(isFixed ? "\(minimum)" : bound) argument(s) in call to "
                    + "\"\(function.rawValue)\", got \(arguments.count)"
            )
        }
        for (index, argument) in arguments.enumerated() {
            let wanted = declared[min(index, declared.count - 1)]
            try expect(wanted, argument, in: "call to function \"\(function.rawValue)\"")
        }
    }

    private func expect(
        _ type: PromType,
        _ argument: Parsed,
        in context: String
    ) throws(PromQLError) {
        guard argument.type == type else {
            throw lexer.error(
                argument.start,
                "expected type \(type.rawValue) in \(context), got \(argument.type.rawValue)"
            )
        }
    }
}

// MARK: - Aggregations

extension PromParser {
    /// The grouping may stand before the arguments or after them.
    mutating func aggregation(
        _ aggregator: PromAggregator,
        _ name: PromToken
    ) throws(PromQLError) -> Parsed {
        var grouping = try grouping()
        guard current.isSymbol(.leftParenthesis) else { throw unexpected(in: "aggregation") }
        let arguments = try arguments()
        if grouping == nil { grouping = try self.grouping() }
        guard !arguments.isEmpty else {
            throw lexer.error(name.start, "no arguments for aggregate expression provided")
        }
        let wanted = aggregator.takesParameter ? 2 : 1
        guard arguments.count == wanted else {
            throw lexer.error(
                name.start,
                "wrong number of arguments for aggregate expression provided, "
                    + "expected \(wanted), got \(arguments.count)"
            )
        }
        let operand = arguments[wanted - 1]
        try expect(.vector, operand, in: "aggregation expression")
        let parameter = aggregator.takesParameter ? arguments[0] : nil
        if let parameter {
            let type: PromType = aggregator == .countValues ? .string : .scalar
            try expect(type, parameter, in: "aggregation parameter")
        }
        return Parsed(
            expression: .aggregation(
                PromExpression.Aggregation(
                    aggregator: aggregator,
                    parameter: parameter?.expression,
                    operand: operand.expression,
                    grouping: grouping ?? PromExpression.Grouping()
                )
            ),
            start: name.start,
            end: lastEnd,
            depth: 1 + max(operand.depth, parameter?.depth ?? 0)
        )
    }

    private mutating func grouping() throws(PromQLError) -> PromExpression.Grouping? {
        guard current.isKeyword(.by) || current.isKeyword(.without) else { return nil }
        let isWithout = try take().isKeyword(.without)
        return PromExpression.Grouping(labels: try labelList(), isWithout: isWithout)
    }

    /// More than a series has. Each name is looked for in each label of each series.
    static let labelListMaximum = 256

    /// Names in parentheses; keywords are names here, and a comma may end the list.
    mutating func labelList() throws(PromQLError) -> [String] {
        let context = "grouping opts"
        try take(.leftParenthesis, in: context, expected: "\"(\"")
        var labels: [String] = []
        while !current.isSymbol(.rightParenthesis) {
            guard labels.count < Self.labelListMaximum else {
                throw lexer.error(
                    current.start,
                    "label list has more than \(Self.labelListMaximum) names"
                )
            }
            switch current.kind {
            case .string: labels.append(try string())
            case .identifier, .keyword: labels.append(try take().text)
            case .number where current.text.isLabelName: labels.append(try take().text)
            default: throw unexpected(in: context, expected: "label")
            }
            guard !current.isSymbol(.rightParenthesis) else { break }
            try take(.comma, in: context, expected: "\",\" or \")\"")
        }
        try take()
        return labels
    }
}
