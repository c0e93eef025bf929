/// Parts a Swift file into what is code and what is comment, byte by byte.
///
/// Both results are as long as the text: what belongs to neither (the inside of string literals) or
/// to the other is blank, so that an offset or a line means the same in all three. Interpolations
/// count as code. Enough of a lexer for searching; a compiler it is not.
struct CodeMask {
    private enum Mode {
        case code(parentheses: Int)
        case string(hashes: Int, isMultiline: Bool)
        case lineComment
        case blockComment(depth: Int)
    }

    private(set) var code: [UInt8]
    private(set) var comments: [UInt8]
    private let text: [UInt8]
    private var modes: [Mode] = [.code(parentheses: 0)]
    private var position = 0

    init(_ string: String) {
        text = Array(string.utf8)
        code = text.map { $0 == Self.newline ? $0 : Self.blank }
        comments = code
        while position < text.count {
            step()
        }
    }

    private mutating func step() {
        switch modes[modes.count - 1] {
        case .code(let parentheses): stepInCode(parentheses)
        case .string(let hashes, let isMultiline): stepInString(hashes, isMultiline)
        case .lineComment: stepInLineComment()
        case .blockComment(let depth): stepInBlockComment(depth)
        }
    }

    private mutating func stepInCode(_ parentheses: Int) {
        if looksAt("//") {
            modes.append(.lineComment)
        } else if looksAt("/*") {
            modes.append(.blockComment(depth: 0))
        } else if let opening = openingOfString() {
            position += opening.length
            modes.append(.string(hashes: opening.hashes, isMultiline: opening.isMultiline))
        } else {
            let byte = text[position]
            let depth =
                parentheses + (byte == UInt8(ascii: "(") ? 1 : 0)
                - (byte == UInt8(ascii: ")") ? 1 : 0)
            code[position] = byte
            position += 1
            // The parenthesis that ends an interpolation leads back into its string.
            if depth < 0, modes.count > 1 {
                modes.removeLast()
            } else {
                modes[modes.count - 1] = .code(parentheses: depth)
            }
        }
    }

    private mutating func stepInString(_ hashes: Int, _ isMultiline: Bool) {
        let fence = String(repeating: "#", count: hashes)
        let closing = (isMultiline ? "\"\"\"" : "\"") + fence
        if looksAt(closing) {
            position += closing.utf8.count
            modes.removeLast()
        } else if looksAt("\\" + fence + "(") {
            position += fence.utf8.count + 2
            modes.append(.code(parentheses: 0))
        } else if hashes == 0, text[position] == UInt8(ascii: "\\") {
            position += 2
        } else {
            // A literal of one line that never closes was none: a quote in a regular expression.
            if text[position] == Self.newline, !isMultiline {
                modes.removeLast()
            }
            position += 1
        }
    }

    private mutating func stepInLineComment() {
        if text[position] == Self.newline {
            modes.removeLast()
        } else {
            comments[position] = text[position]
        }
        position += 1
    }

    private mutating func stepInBlockComment(_ depth: Int) {
        if looksAt("*/") {
            position += 2
            if depth == 1 {
                modes.removeLast()
            } else {
                modes[modes.count - 1] = .blockComment(depth: depth - 1)
            }
        } else if looksAt("/*") {
            position += 2
            modes[modes.count - 1] = .blockComment(depth: depth + 1)
        } else {
            comments[position] = text[position]
            position += 1
        }
    }

    private func openingOfString() -> (hashes: Int, isMultiline: Bool, length: Int)? {
        var end = position
        while end < text.count, text[end] == UInt8(ascii: "#") {
            end += 1
        }
        guard end < text.count, text[end] == UInt8(ascii: "\"") else { return nil }
        let hashes = end - position
        let isMultiline = looksAt("\"\"\"", from: end)
        return (hashes, isMultiline, hashes + (isMultiline ? 3 : 1))
    }

    private func looksAt(_ word: String, from start: Int? = nil) -> Bool {
        text[(start ?? position)...].starts(with: word.utf8)
    }

    private static let newline = UInt8(ascii: "\n")
    private static let blank = UInt8(ascii: " ")
}
