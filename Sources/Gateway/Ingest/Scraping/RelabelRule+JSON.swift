import Hub

/// A rule as the configuration says it: `{"source":["code"],"regex":"5..","action":"drop"}`.
extension RelabelRule {
    private static let names: Set<String> = ["source", "separator", "regex", "action"]

    init?(json: JSON) {
        guard case .object(let members) = json,
            members.allSatisfy({ Self.names.contains($0.key) }),
            let source = json["source"]?.strings,
            let regex = json["regex"]?.string,
            let action = json["action"]?.string.flatMap(Action.init(rawValue:)),
            let separator = json.optional("separator", \.string)
        else { return nil }
        self.init(action, source: source, separator: separator ?? ";", regex: regex)
    }

    var json: JSON {
        [
            "source": .array(source.map { .string($0) }), "separator": .string(separator),
            "regex": .string(regex), "action": .string(action.rawValue),
        ]
    }
}
