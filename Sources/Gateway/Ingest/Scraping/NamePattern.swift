import Foundation

/// A regular expression that a whole name must match.
struct NamePattern: Sendable {
    private let expression: NSRegularExpression

    init(_ pattern: String) throws {
        expression = try NSRegularExpression(pattern: "\\A(?:\(pattern))\\z")
    }

    func matches(_ name: String) -> Bool {
        let whole = NSRange(name.startIndex..., in: name)
        return expression.firstMatch(in: name, range: whole) != nil
    }
}
