/// What can be asked of a user's own topic.
package enum InboxCommand: Sendable, Hashable {
    /// All of a room's messages up to this one are read. Comes from the hub, which has located the
    /// message in its room.
    case markRead(ReadMark)
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
        default: throw Rejection(.unknownAction, "A user's topic has no such action.")
        }
    }
}
