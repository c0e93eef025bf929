/// What somebody looks for, as the archive in memory does it: by parts of words, in any case.
struct SearchWords: Sendable {
    private let words: [String]

    init(_ text: String) {
        words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// True when every word is in the content; never when there is none.
    func match(_ content: String) -> Bool {
        let content = content.lowercased()
        return !words.isEmpty && words.allSatisfy { content.contains($0) }
    }

    /// The content with U+0002 and U+0003 around the first place of each word.
    func mark(_ content: String) -> String {
        var marked = content
        for word in words {
            let lower = Array(marked.lowercased())
            var characters = Array(marked)
            // Lowercasing that changes the length leaves no place to mark.
            guard lower.count == characters.count, !word.isEmpty else { continue }
            let sought = Array(word)
            guard let start = lower.indices.first(where: { lower[$0...].starts(with: sought) })
            else { continue }
            characters.insert("\u{3}", at: start + sought.count)
            characters.insert("\u{2}", at: start)
            marked = String(characters)
        }
        return marked
    }
}
