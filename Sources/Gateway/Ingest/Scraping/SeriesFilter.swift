/// Which series of a target are kept: those that every rule admits.
package struct SeriesFilter: Sendable {
    package let rules: [RelabelRule]
    /// What each rule has said of a text.
    private var known: [[String: Bool]]

    package static let rulesMaximum = 32
    /// Answers for so many texts are remembered; a target with more asks the patterns again.
    private static let knownMaximum = 20_000

    package init(_ rules: [RelabelRule] = []) {
        self.rules = rules
        known = Array(repeating: [:], count: rules.count)
    }

    mutating func admits(_ labels: RawSpan) -> Bool {
        for index in rules.indices where !admits(labels, by: index) { return false }
        return true
    }

    private mutating func admits(_ labels: RawSpan, by index: Int) -> Bool {
        let text = rules[index].text(of: labels)
        if let answer = known[index][text] { return answer }
        let answer = rules[index].admits(text)
        if known[index].count >= Self.knownMaximum {
            known[index].removeAll(keepingCapacity: true)
        }
        known[index][text] = answer
        return answer
    }
}
