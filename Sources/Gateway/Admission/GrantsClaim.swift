import Hub

/// Reads grants: the `grants` claim of a token, and the short form of the configuration.
package enum GrantsClaim {
    package static let rulesMaximum = 64
    package static let actionsMaximum = 64
    package static let patternBytesMaximum = 255
    package static let actionBytesMaximum = 64

    /// `{"room:*":["join","post"],"item:*":["join"]}`.
    package static func parse(_ claim: JSON) throws(Rejection) -> Grants {
        guard case .object(let members) = claim else {
            throw refused("it maps topic patterns to lists of actions")
        }
        guard members.count <= rulesMaximum else {
            throw refused("it has at most \(rulesMaximum) patterns")
        }
        var rules: [Grants.Rule] = []
        for member in members {
            guard let values = member.value.array, values.count <= actionsMaximum else {
                throw refused("each pattern has a list of at most \(actionsMaximum) actions")
            }
            var actions: Set<String> = []
            for value in values {
                guard let action = value.string, isAction(action) else {
                    throw refused("an action is * or a word of a-z and _")
                }
                actions.insert(action)
            }
            guard isPattern(member.key) else {
                throw refused("a pattern is made of the characters of a topic id and *")
            }
            rules.append(Grants.Rule(pattern: member.key, actions: actions))
        }
        return Grants(rules: rules)
    }

    /// `room:*=join,post; item:*=join`: the same on one line. Nil when it is malformed.
    package static func parse(line: String) -> Grants? {
        var rules: [Grants.Rule] = []
        for part in line.split(separator: ";") {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2 else { return nil }
            let pattern = trimmed(sides[0])
            let actions = sides[1].split(separator: ",").map(trimmed)
            guard isPattern(pattern), !actions.isEmpty, actions.allSatisfy(isAction),
                actions.count <= actionsMaximum
            else { return nil }
            rules.append(Grants.Rule(pattern: pattern, actions: Set(actions)))
        }
        return rules.count <= rulesMaximum ? Grants(rules: rules) : nil
    }

    /// The claim that says the same, for minting tokens.
    package static func json(_ grants: Grants) -> JSON {
        .object(
            grants.rules.map { rule in
                JSON.Member(rule.pattern, .array(rule.actions.sorted().map { .string($0) }))
            }
        )
    }

    private static func refused(_ why: String) -> Rejection {
        Rejection(.unauthorized, "The token's grants can't be read: \(why).")
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }

    private static func isAction(_ text: String) -> Bool {
        guard text != "*" else { return true }
        return (1...actionBytesMaximum).contains(text.utf8.count)
            && text.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isPattern(_ text: String) -> Bool {
        (1...patternBytesMaximum).contains(text.utf8.count)
            && text.utf8.allSatisfy { isPatternByte($0) }
    }

    private static func isPatternByte(_ byte: UInt8) -> Bool {
        TopicID.isAllowed(byte) || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "%")
    }
}
