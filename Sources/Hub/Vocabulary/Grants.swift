/// Which actions a token allows on which topics: patterns with a trailing or inner `*`.
///
/// The actions are those of the native protocol, `*` for all of them, and `moderate`, which gives
/// a moderator's rights in every room that matches.
package struct Grants: Sendable, Hashable {
    package struct Rule: Sendable, Hashable {
        package let pattern: String
        package let actions: Set<String>

        package init(pattern: String, actions: Set<String>) {
            self.pattern = pattern
            self.actions = actions
        }
    }

    package let rules: [Rule]

    package static let everything = Grants(rules: [Rule(pattern: "*", actions: ["*"])])
    /// What a hub without keys gives to everyone, as it listens on loopback only.
    package static let staff = Grants(rules: [Rule(pattern: "*", actions: ["*", "manage"])])
    package static let nothing = Grants(rules: [])

    package init(rules: [Rule]) {
        self.rules = rules
    }

    /// Linear in the number of rules; the door bounds them.
    package func allow(_ action: String, on topic: String) -> Bool {
        rules.contains { rule in
            (rule.actions.contains(action) || rule.actions.contains("*"))
                && Self.matches(rule.pattern.utf8, topic.utf8)
        }
    }

    /// `moderate` must be granted by name: `*` means what any user may do.
    package func moderates(_ topic: String) -> Bool {
        isGranted("moderate", on: topic)
    }

    /// Whether the bearer is staff of the shop there. `manage` must be granted by name, too.
    package func manages(_ topic: String) -> Bool {
        isGranted("manage", on: topic)
    }

    private func isGranted(_ action: String, on topic: String) -> Bool {
        rules.contains { rule in
            rule.actions.contains(action) && Self.matches(rule.pattern.utf8, topic.utf8)
        }
    }

    /// Glob match with `*` for any run of bytes; linear, as it only ever returns to the last star.
    private static func matches(_ pattern: String.UTF8View, _ text: String.UTF8View) -> Bool {
        var at = pattern.startIndex
        var next = text.startIndex
        var star: (pattern: String.UTF8View.Index, text: String.UTF8View.Index)?
        while next < text.endIndex {
            if at < pattern.endIndex, pattern[at] == UInt8(ascii: "*") {
                at = pattern.index(after: at)
                star = (at, next)
            } else if at < pattern.endIndex, pattern[at] == text[next] {
                at = pattern.index(after: at)
                next = text.index(after: next)
            } else if let last = star {
                at = last.pattern
                next = text.index(after: last.text)
                star = (last.pattern, next)
            } else {
                return false
            }
        }
        while at < pattern.endIndex, pattern[at] == UInt8(ascii: "*") {
            at = pattern.index(after: at)
        }
        return at == pattern.endIndex
    }
}
