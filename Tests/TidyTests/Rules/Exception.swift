/// A file that may break a rule, and why. The list may only shrink: one that is not needed fails.
struct Exception: Sendable {
    let rule: String
    let path: String
    let reason: String

    static let all: [Exception] = []
}
