/// Questions that the archive answers, and the one command that concerns two topics.
extension Router {
    /// True for what is not one command of one topic.
    static func isConsultation(_ action: String) -> Bool {
        ChatReader.answers(action) || action == "read"
    }

    /// What the hub asks of its own topics; clients can't.
    static func isInternal(_ action: String) -> Bool {
        action == "access" || action == "locate" || action == "markRead"
    }

    func consult(_ ask: Ask) async throws(Rejection) -> JSON {
        if ask.action == "read" { return try await markRead(ask) }
        let reader = ChatReader(archive: archive) {
            [self] room, principal throws(Rejection) in
            try await inquire("access", of: room, [:], principal)
        }
        return try await reader.answer(ask)
    }

    /// A read marker lives in the user's own topic, but only the room knows where a message stands.
    private func markRead(_ ask: Ask) async throws(Rejection) -> JSON {
        guard let room = ask.topic, room.kind == .room else {
            throw Rejection(.badRequest, "read needs the topic of a room.")
        }
        let located = try await inquire("locate", of: room, ask.fields, ask.principal)
        guard let number = located["number"]?.int, let count = located["messageCount"]?.int else {
            preconditionFailure("A room that locates a message says where it is.")
        }
        let mark: JSON = [
            "data": [
                "topic": .string(room.text),
                "messageId": ask.fields["data"]?["messageId"] ?? .null,
                "number": .int(number),
                "unread": .int(max(0, count - number)),
            ]
        ]
        let inbox = try TopicID(.user, ask.principal.user)
        return try await inquire("markRead", of: inbox, mark, ask.principal, key: ask.key)
    }

    private func inquire(
        _ action: String,
        of topic: TopicID,
        _ fields: JSON,
        _ principal: Principal,
        key: String? = nil
    ) async throws(Rejection) -> JSON {
        let ask = Ask(
            action: action,
            topic: topic,
            fields: fields,
            key: key,
            principal: principal
        )
        let outcome = await withCheckedContinuation { continuation in
            self.topic(topic).submit(ask, .caller { continuation.resume(returning: $0) })
        }
        return try outcome.get()
    }
}
