/// Where a function of a Swift file begins, and how many lines it takes with its braces.
struct FunctionExtent: Sendable {
    let line: Int
    let lines: Int

    private static let keyword = Pattern(
        #"^[^\n]*?(?<![.\w`])(func|init|deinit|subscript)\b(?![ \t]*[:,)])"#
    )
    private static let nextDeclaration = [
        "func", "var", "let", "init", "case", "struct", "class", "enum", "static", "associatedtype",
        "mutating", "package", "private", "extension", "subscript", "deinit", "@",
    ]

    static func all(in file: SourceFile) -> [FunctionExtent] {
        guard file.isSwift else { return [] }
        let lines = file.code.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Array($0.utf8) }
        return keyword.matches(in: file.code).compactMap { match in
            let column = match.text.utf8.count
            return lastLine(of: lines, from: match.line - 1, column: column).map {
                FunctionExtent(line: match.line, lines: $0 - (match.line - 1) + 1)
            }
        }
    }

    /// The line of the brace that closes the body, or nil for a requirement of a protocol.
    private static func lastLine(of lines: [[UInt8]], from first: Int, column: Int) -> Int? {
        var parentheses = 0
        var braces = 0
        for number in first..<lines.count {
            let line = number == first ? lines[number][column...] : lines[number][...]
            if number > first, braces == 0, parentheses == 0, beginsDeclaration(line) { return nil }
            for byte in line {
                switch byte {
                case UInt8(ascii: "("), UInt8(ascii: "["):
                    parentheses += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"):
                    parentheses -= 1
                case UInt8(ascii: "{") where parentheses == 0 || braces > 0:
                    braces += 1
                case UInt8(ascii: "}") where parentheses == 0 || braces > 0:
                    braces -= 1
                    if braces == 0 { return number }
                    if braces < 0 { return nil }
                default:
                    continue
                }
            }
        }
        return nil
    }

    private static func beginsDeclaration(_ line: ArraySlice<UInt8>) -> Bool {
        let word = String(decoding: line, as: UTF8.self).trimmingPrefix(while: \.isWhitespace)
        return nextDeclaration.contains { word.hasPrefix($0) }
    }
}
