/// A selector's matchers, made ready: expressions are compiled once.
package struct SeriesSelector: Sendable {
    enum Test: Sendable {
        /// One of these values: `=`, and `=~` of plain alternatives.
        case anyOf(Set<LabelText>)
        case pattern(LabelPattern)
    }

    struct Condition: Sendable {
        let name: LabelText
        let nameBytes: [UInt8]
        var test: Test
        /// Whether the test must fail.
        let isNegated: Bool

        /// Whether a series may have such a value.
        mutating func admits(_ value: LabelText) -> Bool {
            switch test {
            case .anyOf(let values): return values.contains(value) != isNegated
            case .pattern(var pattern):
                // Not in two places at once: the pattern learns.
                test = .anyOf([])
                defer { test = .pattern(pattern) }
                return pattern.matches(value.text.utf8Span.span) != isNegated
            }
        }
    }

    var conditions: [Condition]

    package init(_ matchers: [LabelMatcher]) throws(LabelPatternError) {
        conditions = []
        for matcher in matchers {
            let test: Test
            switch matcher.operation {
            case .equal, .notEqual: test = .anyOf([LabelText(matcher.value)])
            case .matches, .matchesNot:
                let pattern = try LabelPattern(matcher.value)
                test =
                    pattern.literals.map { .anyOf(Set($0.map(LabelText.init))) }
                    ?? .pattern(pattern)
            }
            conditions.append(
                Condition(
                    name: LabelText(matcher.name),
                    nameBytes: Array(matcher.name.utf8),
                    test: test,
                    isNegated: matcher.operation == .notEqual
                        || matcher.operation == .matchesNot
                )
            )
        }
    }

    /// Whether a series with these labels is selected.
    package mutating func matches(_ labels: Labels) -> Bool {
        for index in conditions.indices {
            let value = labels[conditions[index].name.text] ?? ""
            guard conditions[index].admits(LabelText(value)) else { return false }
        }
        return true
    }
}
