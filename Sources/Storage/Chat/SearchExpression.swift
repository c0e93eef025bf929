import Hub

/// What a person typed, as an FTS5 expression that can't be anything but words.
///
/// Each word must begin a word of the message; one of fewer than three letters must be the whole
/// word, because as a beginning it would gather half of the index. What stands between double
/// quotes must be there as it stands. Nothing typed is an operator.
struct SearchExpression {
    private static let prefixMinimum = 3

    private let terms: [String]

    /// Nil when there is no word in the text.
    init?(_ text: String) {
        var terms: [String] = []
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            // Between the first quote and the second, the third and the fourth; a last one that is
            // never closed is a slip of the finger.
            if index % 2 == 1, index < parts.count - 1 {
                guard part.unicodeScalars.contains(where: Self.isWord) else { continue }
                terms.append(Self.quote(part))
            } else {
                terms += Self.words(in: part)
            }
        }
        if terms.isEmpty { return nil }
        self.terms = terms
    }

    /// The expression, for one room or for all.
    func match(in room: Int64?) -> String {
        let words = "content : (\(terms.joined(separator: " AND ")))"
        return room.map { "scope : \"\(SearchIndex.scope($0))\" AND \(words)" } ?? words
    }

    private static func words(in text: Substring) -> [String] {
        text.unicodeScalars.split { !isWord($0) }.map { word in
            quote(Substring(word)) + (word.count >= prefixMinimum ? " *" : "")
        }
    }

    private static func quote(_ text: Substring) -> String { "\"\(text)\"" }

    /// What the index's tokenizer takes for a part of a word.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .otherSymbol, .privateUse,
            .nonspacingMark, .spacingMark, .enclosingMark:
            true
        default: false
        }
    }
}
