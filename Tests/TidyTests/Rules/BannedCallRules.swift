/// Words of the language that are not spoken here, each with what to say instead.
extension Rule {
    static let bannedCalls = [
        banned("print(", use: "the logger", where: printsNothing, #"(?<![\w.])(?:debugP|p)rint\("#),
        banned("try!", use: "a typed failure", where: \.isProduct, #"\btry!"#),
        banned("as!", use: "as? and a typed failure", where: \.isProduct, #"\bas!"#),
        banned(
            "a forced unwrap",
            use: "guard let and a typed failure",
            where: \.isProduct,
            #"(?<!\btry)(?<!\bas)(?<=[\w)\]}>])!(?![=\w])"#
        ),
        banned(
            "fatalError(",
            use: "preconditionFailure with a sentence",
            where: \.isProduct,
            #"(?<![\w.])fatalError\("#
        ),
        banned(
            "public",
            use: "package",
            where: \.isSwift,
            #"(?<![.`\w])(?:public|open)\b(?=[ \t]+(?:[a-z(]+\)?[ \t]+)*"#
                + #"(?:func|var|let|struct|class|"#
                + #"enum|actor|protocol|init|extension|typealias|static|subscript|import)\b)"#
        ),
        banned(
            "@unchecked Sendable",
            use: "Mutex or isolation",
            where: isOutsideReactor,
            #"@unchecked\s+Sendable"#
        ),
        banned(
            "nonisolated(unsafe)",
            use: "Mutex or isolation",
            where: isOutsideReactor,
            #"nonisolated\(unsafe\)"#
        ),
        unsoundReactor,
        unfinished,
    ]

    private static func banned(
        _ what: String,
        use: String,
        where applies: @escaping @Sendable (SourceFile) -> Bool,
        _ expression: String
    ) -> Rule {
        let pattern = Pattern(expression)
        return Rule("\(what) is banned") { (file: SourceFile) in
            guard applies(file) else { return [] }
            return pattern.matches(in: file.code).map {
                Finding(path: file.path, line: $0.line, banned: what, use: use)
            }
        }
    }

    /// Commands answer on standard output; all else logs.
    private static func printsNothing(_ file: SourceFile) -> Bool {
        file.isIn("Sources") && !file.isIn("Sources/Martlet")
    }

    private static func isOutsideReactor(_ file: SourceFile) -> Bool {
        !file.isIn("Sources/Reactor") && !file.isIn("Tests/ReactorTests")
    }

    private static let unsafe = Pattern(#"@unchecked\s+Sendable|nonisolated\(unsafe\)"#)

    /// How many lines a declaration may take between its doc comment and the unsafe word.
    private static let reasonDistanceMaximum = 4

    static let unsoundReactor = Rule("What is unsafe in Reactor gives its reason") {
        (file: SourceFile) in
        guard file.isIn("Sources/Reactor") else { return [] }
        let comments = file.comments.split(separator: "\n", omittingEmptySubsequences: false)
        return unsafe.matches(in: file.code).compactMap { match in
            let nearby = comments[max(0, match.line - 1 - reasonDistanceMaximum)..<match.line]
            let hasReason = nearby.contains { $0.contains { !$0.isWhitespace } }
            return hasReason
                ? nil
                : Finding(
                    path: file.path,
                    line: match.line,
                    banned: match.text + " without a comment",
                    use: "a comment that says why it is sound"
                )
        }
    }

    private static let unfinishedWord = Pattern(#"\b(TODO|FIXME|XXX|HACK)\b"#)

    static let unfinished = Rule("Nothing is left unfinished") { (file: SourceFile) in
        unfinishedWord.matches(in: file.comments).map {
            Finding(path: file.path, line: $0.line, banned: $0.group, use: "the finished thing")
        }
    }
}
