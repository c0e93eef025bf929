/// A label's name or value as a key: equal when the bytes are, and not when Unicode thinks so.
struct LabelText: Sendable, Hashable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (one: LabelText, other: LabelText) -> Bool {
        one.text.utf8.elementsEqual(other.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(SeriesHash.hash(text.utf8Span.span.bytes, seed: 0))
    }
}
