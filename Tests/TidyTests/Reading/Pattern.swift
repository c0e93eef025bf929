import Foundation

/// A regular expression, searched over a whole text at once; `^` and `$` mean lines.
struct Pattern: Sendable {
    /// One match: the line it begins on, counted from one, and what its first group took.
    struct Match: Sendable {
        let line: Int
        let text: String
        let group: String
    }

    private let expression: NSRegularExpression

    init(_ source: String) {
        do {
            expression = try NSRegularExpression(pattern: source, options: .anchorsMatchLines)
        } catch {
            preconditionFailure("The pattern \(source) is none: \(error)")
        }
    }

    func matches(in text: String) -> [Match] {
        let whole = text as NSString
        var line = 1
        var counted = 0
        return expression.matches(in: text, range: NSRange(location: 0, length: whole.length)).map {
            let between = NSRange(location: counted, length: $0.range.location - counted)
            line += whole.substring(with: between).utf8.count { $0 == UInt8(ascii: "\n") }
            counted = $0.range.location
            let hasGroup = $0.numberOfRanges > 1 && $0.range(at: 1).location != NSNotFound
            return Match(
                line: line,
                text: whole.substring(with: $0.range),
                group: hasGroup ? whole.substring(with: $0.range(at: 1)) : ""
            )
        }
    }
}
