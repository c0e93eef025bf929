import Testing

/// What a rule must object to, beside what it must let pass; both as path and text.
struct RuleSample: Sendable, CustomTestStringConvertible {
    let rule: Rule
    let bad: [String: String]
    let good: [String: String]
    /// The lines that are to be found in the bad files.
    let lines: [Int]

    init(
        _ rule: Rule,
        _ path: String = "Sources/Hub/Topics/Sample.swift",
        bad: String,
        good: String,
        lines: [Int] = [1]
    ) {
        self.init(rule, bad: [path: bad], good: [path: good], lines: lines)
    }

    init(_ rule: Rule, bad: [String: String], good: [String: String], lines: [Int] = [1]) {
        self.rule = rule
        self.bad = bad
        self.good = good
        self.lines = lines
    }

    var testDescription: String { rule.name }
}
