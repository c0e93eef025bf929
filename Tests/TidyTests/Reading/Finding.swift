/// One place where a rule is broken, with what to do instead.
struct Finding: Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let banned: String
    let use: String

    var description: String { "\(path):\(line): \(banned) is banned, use \(use)" }
}
