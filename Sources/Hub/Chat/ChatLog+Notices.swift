/// What is told beside the events themselves: to single users, and as messages for people.
extension ChatLog {
    typealias Notice = (user: String, ephemeral: Ephemeral)

    /// Tells a user's sessions that a room came to their list or went from it.
    func notice(_ event: String, to user: String, _ request: Request) -> Notice {
        var data = JSONObjectWriter()
        data.write("topic", topic.text)
        return (
            user,
            Ephemeral(
                event: event,
                author: request.principal.user,
                at: request.at,
                payload: data.finish()
            )
        )
    }

    /// Tells users that a message mentions them.
    func notices(
        of mentions: [String],
        in message: RecordID,
        _ request: Request
    ) -> [Notice] {
        guard !mentions.isEmpty else { return [] }
        var data = JSONObjectWriter()
        data.write("topic", topic.text)
        data.write("messageId", message)
        data.write("by", request.principal.user)
        let ephemeral = Ephemeral(
            event: "mentioned",
            author: request.principal.user,
            at: request.at,
            payload: data.finish()
        )
        return mentions.map { ($0, ephemeral) }
    }

    /// Who a message mentions: in a public room anyone, elsewhere members; never its author.
    func mentions(in content: String, by author: String) -> [String] {
        var mentions = Mentions.parse(content)
        guard !mentions.isEmpty else { return mentions }
        let isOpen = profile.visibility == .public
        mentions.removeAll { $0 == author || !(isOpen || roster[$0] != nil) }
        return mentions
    }

    /// Ends what the user was shown to be typing; seen only where that is current.
    func typingEnds(_ request: Request) -> Ephemeral {
        Ephemeral(
            event: "typing",
            author: request.principal.user,
            at: request.at,
            payload: Self.typing(request.principal.user, isActive: false),
            change: .ends(key: "typing:" + request.principal.user)
        )
    }

    static func typing(_ user: String, isActive: Bool) -> [UInt8] {
        var data = JSONObjectWriter()
        data.write("userId", user)
        data.write("active", isActive)
        return data.finish()
    }

    /// Adds a message of the system to a decision about members; large and direct rooms have none.
    func announce(
        _ content: String,
        in decision: inout Decision<ChatEvent>,
        members: Int,
        _ request: Request
    ) {
        guard members <= ChatLimits.announcedMembers, profile.visibility != .direct else { return }
        let id = request.nextID()
        let message = Message(
            id: id,
            room: name,
            user: request.principal.user,
            content: content,
            kind: .system,
            timestamp: request.at,
            number: messageCount + 1
        )
        decision.events.append((id, .message(message)))
    }
}
