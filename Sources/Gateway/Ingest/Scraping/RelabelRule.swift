import Foundation
import TimeSeries

/// Keeps or drops series by what some of their labels say together: what `metric_relabel_configs`
/// of Prometheus does with the actions `keep` and `drop`.
package struct RelabelRule: Sendable {
    package enum Action: String, Sendable { case keep, drop }

    package let source: [String]
    package let separator: String
    package let regex: String
    package let action: Action
    private let expression: NSRegularExpression

    static let sourcesMaximum = 16

    /// Nil if the pattern is none, or there are too many sources. The pattern must match all of
    /// the text, which is the labels' values with separators between them.
    package init?(
        _ action: Action,
        source: [String] = [Labels.nameLabel],
        separator: String = ";",
        regex: String
    ) {
        let whole = try? NSRegularExpression(pattern: "\\A(?:\(regex))\\z")
        guard let whole, (1...Self.sourcesMaximum).contains(source.count) else { return nil }
        self.source = source
        self.separator = separator
        self.regex = regex
        self.action = action
        expression = whole
    }

    /// What the rule looks at: a label that isn't there is empty.
    func text(of labels: RawSpan) -> String {
        if source.count == 1 { return LabelFinder.text(of: source[0], in: labels) ?? "" }
        var texts: [String] = []
        for name in source { texts.append(LabelFinder.text(of: name, in: labels) ?? "") }
        return texts.joined(separator: separator)
    }

    func admits(_ text: String) -> Bool {
        let whole = NSRange(text.startIndex..., in: text)
        let matches = expression.firstMatch(in: text, range: whole) != nil
        return matches == (action == .keep)
    }
}
