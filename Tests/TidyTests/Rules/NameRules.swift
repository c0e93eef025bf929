/// Names say what a thing is, not what it once was or that it helps.
extension Rule {
    static let names = [bannedName, fileName]

    private static let bannedWords: Set<String> = [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Impl", "Base",
        "Common", "Misc", "New", "Old", "Legacy", "V2", "My", "Mock", "Fake", "Stub",
    ]
    private static let bannedSuffixes: Set<String> = ["Data", "Info"]

    /// `HTTPBodyV2` is HTTP, Body and V2; `Base64` is one word and none that is banned.
    private static let word = Pattern(#"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*"#)

    static func bannedWord(in name: String) -> String? {
        let words = word.matches(in: name).map(\.text)
        if let found = words.first(where: bannedWords.contains) { return found }
        guard words.count > 1, let last = words.last, bannedSuffixes.contains(last) else {
            return nil
        }
        return last
    }

    static let bannedName = Rule("Names have no empty words") { (file: SourceFile) in
        guard file.isSwift else { return [] }
        let stem = String(file.name.prefix { $0 != "." })
        let named =
            [(stem, 1)]
            + Declaration.all(in: file).filter { $0.kind != "extension" }.map { ($0.name, $0.line) }
        return named.compactMap { name, line in
            bannedWord(in: name).map {
                Finding(
                    path: file.path,
                    line: line,
                    banned: "\($0) in the name \(name)",
                    use: "a noun that says what it is"
                )
            }
        }
    }

    /// `ChatRoom.swift` declares ChatRoom; `ChatRoom+Search.swift` extends it.
    static let fileName = Rule("A file is named after its type") { (file: SourceFile) in
        guard file.isSwift, file.isIn("Sources"), file.name != "main.swift" else { return [] }
        let stem = String(file.name.prefix { $0 != "." && $0 != "+" })
        let names = Declaration.all(in: file).flatMap { [$0.name, lastPart(of: $0.name)] }
        guard !names.contains(stem) else { return [] }
        return [
            Finding(
                path: file.path,
                line: 1,
                banned: "a file without a type \(stem)",
                use: "the name of the type that it declares or extends"
            )
        ]
    }

    private static func lastPart(of name: String) -> String {
        name.split(separator: ".").last.map(String.init) ?? name
    }
}
