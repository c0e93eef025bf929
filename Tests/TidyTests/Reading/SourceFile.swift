import Foundation

/// One file of the tree as the rules see it: its path from the root, its text, its lines.
struct SourceFile: Sendable {
    let path: String
    let text: String
    let lines: [String]
    /// The text with comments and the insides of string literals blanked; empty unless Swift.
    let code: String
    /// The text with all but the comments blanked; empty unless Swift.
    let comments: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if path.hasSuffix(".swift") {
            let mask = CodeMask(text)
            code = String(decoding: mask.code, as: UTF8.self)
            comments = String(decoding: mask.comments, as: UTF8.self)
        } else {
            code = ""
            comments = ""
        }
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// Whether the file is a part of what ships: the tests may do what the product may not.
    var isProduct: Bool { isIn("Sources") || isIn("loadtest") }

    /// Whether the file lies in that folder, however deep.
    func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

    /// The target that the file belongs to: `Hub` for `Sources/Hub/Chat/ChatRoom.swift`.
    var target: String? {
        let parts = path.split(separator: "/")
        if parts.first == "loadtest" { return "loadtest" }
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }
}
