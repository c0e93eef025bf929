/// A file says what it is before it says anything else.
extension Rule {
    static let openings = [opening, documentation]

    private static let importLine = Pattern(#"^(?:@\w+(?:\([^)]*\))?\s+)*(?:\w+\s+)?import\s"#)

    private static func isOpening(_ line: String) -> Bool {
        line.hasPrefix("///") || !importLine.matches(in: line).isEmpty
    }

    static let opening = Rule("A file begins with a doc comment or an import") {
        (file: SourceFile) in
        guard file.isSwift, file.name != "Package.swift", let first = file.lines.first,
            !isOpening(first)
        else { return [] }
        return [
            Finding(
                path: file.path,
                line: 1,
                banned: "a first line like \(first.prefix(30).debugDescription)",
                use: "a doc comment that says what the file is, or an import"
            )
        ]
    }

    static let documentation = Rule("After its imports a source file says what it is") {
        (file: SourceFile) in
        guard file.isSwift, file.isProduct, file.name != "Package.swift" else { return [] }
        let next = file.lines.enumerated().first {
            !$0.element.isEmpty && importLine.matches(in: $0.element).isEmpty
                && !$0.element.hasPrefix("#") && !$0.element.hasPrefix("// ")
        }
        guard let next, !next.element.hasPrefix("///") else { return [] }
        return [
            Finding(
                path: file.path,
                line: next.offset + 1,
                banned: "a declaration without a doc comment",
                use: "a sentence that says what it is"
            )
        ]
    }
}
