/// Posting, editing and deleting.
extension ChatLog {
    /// The hottest path: it looks at the sender and the content, and at nothing that grows.
    func post(
        _ content: String,
        _ kind: Message.Kind,
        _ thread: RecordID?,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitWriter(request)
        if let thread, try fact(thread).message.thread != nil {
            throw Rejection(.badRequest, "data.threadId: is itself a reply; answer its thread.")
        }
        let id = request.nextID()
        let mentions = mentions(in: content, by: request.principal.user)
        let message = Message(
            id: id,
            room: name,
            user: request.principal.user,
            content: content,
            kind: kind,
            timestamp: request.at,
            thread: thread,
            mentions: mentions,
            number: messageCount + 1
        )
        return Decision(
            events: [(id, .message(message))],
            ephemeral: [typingEnds(request)],
            reply: ["messageId": .string(id.description)],
            notices: notices(of: mentions, in: id, request)
        )
    }

    /// Only the author edits, and only what a person wrote.
    func edit(
        _ id: RecordID,
        _ content: String,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitWriter(request)
        let message = try fact(id).message
        guard message.user == request.principal.user, message.kind != .system else {
            throw Rejection(.forbidden, "Only the author may edit a message.")
        }
        _ = try livingFact(id)
        let mentions = mentions(in: content, by: message.user)
        let edit = ChatEvent.Edit(
            message: id,
            content: content,
            editedAt: request.at,
            mentions: mentions
        )
        let added = mentions.filter { !message.mentions.contains($0) }
        return Decision(
            events: [(request.nextID(), .messageEdited(edit))],
            notices: notices(of: added, in: id, request)
        )
    }

    /// Leaves a tombstone, so that replies and read markers keep their footing.
    func delete(_ id: RecordID, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        let message = try fact(id).message
        let isOwn = message.user == request.principal.user && message.kind != .system
        guard isOwn || isModerator(request.principal) else {
            throw Rejection(.forbidden, "Only the author or a moderator may delete a message.")
        }
        guard message.deletedAt == nil else { return Decision() }
        var decision = Decision<ChatEvent>()
        decision.events.append((request.nextID(), .messageDeleted(message: id, at: request.at)))
        if pins.contains(id) {
            decision.events.append((request.nextID(), .messageUnpinned(message: id)))
        }
        return decision
    }

    func typing(_ isActive: Bool, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admitWriter(request)
        guard isActive else { return Decision(ephemeral: [typingEnds(request)]) }
        let user = request.principal.user
        let lapse = Ephemeral.Lapse(
            key: "typing:" + user,
            after: .seconds(5),
            payload: Self.typing(user, isActive: false)
        )
        let ephemeral = Ephemeral(
            event: "typing",
            author: user,
            at: request.at,
            payload: Self.typing(user, isActive: true),
            change: .begins(lapse)
        )
        return Decision(ephemeral: [ephemeral])
    }

    /// For read markers: how far down the room a message is.
    func locate(_ id: RecordID, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        let number = try fact(id).message.number
        return Decision(reply: ["number": .int(number), "messageCount": .int(messageCount)])
    }
}
