import Hub

/// A client's topics and positions: as an array in `hello.resume`, or as the token that a draining
/// hub gives. It says where to go on, not what one may do: rights come from the token of `hello`.
enum ResumeToken {
    /// One topic to go on with.
    struct Entry {
        let topic: TopicID
        let since: Position?
        let presence: Bool
        let conflates: Bool
        /// How much of a stream's past is wanted.
        let past: JSON

        /// What `"0"` means: everything there is.
        static let beginning = Position(epoch: Epoch(0), offset: 0)

        /// What the topic is told of what is wanted first.
        var wish: JSON {
            if topic.kind == .stream { return past }
            return since == nil ? ["state": true] : .object([])
        }

        init(topic: TopicID, fields: JSON) throws(Rejection) {
            self.topic = topic
            presence = fields["presence"]?.bool ?? false
            conflates = fields["conflate"]?.bool ?? false
            past = .object(
                ["window", "points", "seen"].compactMap { name in
                    fields[name].map { JSON.Member(name, $0) }
                }
            )
            switch fields["since"] {
            case nil, .null: since = nil
            case .string("0"): since = Self.beginning
            case .string(let text): since = try Position(text)
            default: throw Rejection(.badRequest, "since is a position, such as \"k3:41\".")
            }
        }
    }

    static let entriesMaximum = 128

    static func entries(_ value: JSON) throws(Rejection) -> [Entry] {
        let list: [JSON]
        switch value {
        case .array(let entries): list = entries
        case .string(let token): list = try decode(token)
        default: throw Rejection(.badRequest, "resume is an array, or the token of a drain.")
        }
        guard list.count <= entriesMaximum else {
            throw Rejection(.tooLarge, "resume has at most \(entriesMaximum) topics.")
        }
        var entries: [Entry] = []
        var topics: Set<String> = []
        for item in list {
            guard let topic = item["topic"]?.string else {
                throw Rejection(.badRequest, "Each entry of resume needs a topic.")
            }
            guard topics.insert(topic).inserted else {
                // A drain may come between two joins of a topic.
                if value.string != nil { continue }
                throw Rejection(.badRequest, "Each topic is in resume once.")
            }
            entries.append(try Entry(topic: try TopicID(topic), fields: item))
        }
        return entries
    }

    static func encode(_ subscriptions: some Sequence<Subscription>) -> String {
        let list = JSON.array(
            subscriptions.map {
                [
                    "topic": .string($0.topic.text),
                    "since": $0.position.map { .string($0.description) } ?? .null,
                    "presence": .bool($0.announces),
                    "conflate": .bool($0.conflates),
                ]
            }
        )
        return Base64URL.encode(list.encoded())
    }

    private static func decode(_ token: String) throws(Rejection) -> [JSON] {
        guard let bytes = Base64URL.decode(token.utf8), let list = try JSONParser.parse(bytes).array
        else {
            throw Rejection(.badRequest, "That resume token can't be read.")
        }
        return list
    }
}
