/// Lines, files and functions have a ceiling, from the first commit on.
extension Rule {
    static let sizes = [lineLength, fileLength, functionLength]

    static let columnsMaximum = 100
    static let fileLinesMaximum = 400
    static let functionLinesMaximum = 70

    private static let codeEndings = [".swift", ".c", ".h", ".js", ".mjs", ".py", ".css"]

    private static func isCode(_ file: SourceFile) -> Bool {
        codeEndings.contains { file.path.hasSuffix($0) } && file.name != "Package.swift"
    }

    static let lineLength = Rule("A line has at most 100 columns") { (file: SourceFile) in
        guard isCode(file) else { return [] }
        return file.lines.enumerated().filter { $0.element.count > columnsMaximum }.map {
            Finding(
                path: file.path,
                line: $0.offset + 1,
                banned: "a line of \($0.element.count) columns",
                use: "\(columnsMaximum) at the most"
            )
        }
    }

    static let fileLength = Rule("A file has at most 400 lines") { (file: SourceFile) in
        let count = file.lines.count - (file.lines.last == "" ? 1 : 0)
        guard isCode(file), count > fileLinesMaximum else { return [] }
        return [
            Finding(
                path: file.path,
                line: fileLinesMaximum + 1,
                banned: "a file of \(count) lines",
                use: "one file for each type, \(fileLinesMaximum) lines at the most"
            )
        ]
    }

    static let functionLength = Rule("A function has at most 70 lines") { (file: SourceFile) in
        FunctionExtent.all(in: file).filter { $0.lines > functionLinesMaximum }.map {
            Finding(
                path: file.path,
                line: $0.line,
                banned: "a function of \($0.lines) lines",
                use: "functions with one purpose each, \(functionLinesMaximum) lines at the most"
            )
        }
    }
}
