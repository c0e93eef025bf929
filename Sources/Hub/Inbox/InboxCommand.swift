/// What can be asked of a user's own topic.
package enum InboxCommand: Sendable, Hashable {
    /// All of a room's messages up to this one are read. Comes from the hub, which has located the
    /// message in its room.
    case markRead(ReadMark)
    /// Keeps a preference in the place of the one of that name.
    case setPreference(Preference)
    case preference(name: String)
    /// May the principal read here?
    case access

    package init(_ action: String, _ command: JSON) throws(Rejection) {
        switch action {
        case "access": self = .access
        case "markRead":
            let data = try Fields(dataOf: command)
            self = .markRead(
                ReadMark(
                    topic: try TopicID(data.string("topic")),
                    message: try data.recordID("messageId"),
                    number: try data.int("number", in: ReadMark.counts),
                    unread: try data.int("unread", in: ReadMark.counts)
                )
            )
        case "setPreference": self = .setPreference(try Self.preference(in: command))
        case "preference": self = .preference(name: try Preference.name(in: Fields(command)))
        default: throw Rejection(.unknownAction, "A user's topic has no such action.")
        }
    }

    /// Whether the action concerns one's own topic, so that it needs not be named.
    package static func isForOneself(_ action: String) -> Bool {
        action == "setPreference" || action == "preference"
    }

    private static func preference(in command: JSON) throws(Rejection) -> Preference {
        let data = try Fields(dataOf: command)
        let name = try Preference.name(in: data)
        let value = try data.value("value").encoded()
        guard let preference = Preference(name: name, value: value) else {
            let most = Preference.valueBytesMaximum
            throw Rejection(.tooLarge, "data.value: has at most \(most) bytes.")
        }
        return preference
    }
}
