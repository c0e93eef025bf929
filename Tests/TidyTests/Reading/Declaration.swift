/// A type that a Swift file declares.
struct Declaration: Sendable {
    let kind: String
    let name: String
    let line: Int
    /// Whether it stands at the left margin, in no other type.
    let isTopLevel: Bool

    private static let pattern = Pattern(
        #"^[ \t]*(?:@\w+(?:\([^)\n]*\))?[ \t]+)*(?:(?:package|internal|private|fileprivate|final|"#
            + #"indirect|nonisolated|distributed|public|open)[ \t]+)*"#
            + #"((?:struct|class|enum|actor|protocol|typealias|extension)[ \t]+[\w.\[]+)"#
    )

    /// The types that the file declares, and with `extension` those it extends.
    static func all(in file: SourceFile) -> [Declaration] {
        pattern.matches(in: file.code).compactMap { match in
            let words = match.group.split(whereSeparator: \.isWhitespace)
            guard words.count == 2, !["func", "var", "let"].contains(words[1]) else { return nil }
            let isTopLevel = match.text.first.map { !$0.isWhitespace } ?? false
            return Declaration(
                kind: String(words[0]),
                name: words[1].hasPrefix("[") ? "Array" : String(words[1]),
                line: match.line,
                isTopLevel: isTopLevel
            )
        }
    }
}
