/// What is put on messages: reactions, pins and threads that are followed.
extension ChatLog {
    func react(
        _ id: RecordID,
        _ emoji: String,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitWriter(request)
        let reactions = try livingFact(id).message.reactions
        let user = request.principal.user
        let users = reactions.first { $0.emoji == emoji }?.users
        if users?.contains(user) == true { return Self.counted(users?.count ?? 0) }
        guard users != nil || reactions.count < ChatLimits.emojiPerMessage else {
            throw Rejection(.limitReached, "That message has as many kinds of reaction as it may.")
        }
        let count = (users?.count ?? 0) + 1
        guard count <= ChatLimits.usersPerEmoji else {
            throw Rejection(.limitReached, "That message has as many of that reaction as it may.")
        }
        let reaction = ChatEvent.Reaction(message: id, emoji: emoji, user: user, count: count)
        var decision = Self.counted(count)
        decision.events.append((request.nextID(), .reactionAdded(reaction)))
        return decision
    }

    func unreact(
        _ id: RecordID,
        _ emoji: String,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        let user = request.principal.user
        let users = try fact(id).message.reactions.first { $0.emoji == emoji }?.users ?? []
        guard users.contains(user) else { return Self.counted(users.count) }
        let count = users.count - 1
        let reaction = ChatEvent.Reaction(message: id, emoji: emoji, user: user, count: count)
        var decision = Self.counted(count)
        decision.events.append((request.nextID(), .reactionRemoved(reaction)))
        return decision
    }

    private static func counted(_ count: Int) -> Decision<ChatEvent> {
        Decision(reply: ["count": .int(Int64(count))])
    }

    func pin(_ id: RecordID, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admitPinning(request)
        _ = try livingFact(id)
        guard !pins.contains(id) else { return Decision() }
        guard pins.count < ChatLimits.pins else {
            throw Rejection(.limitReached, "This room has as many pinned messages as it may.")
        }
        return Decision(events: [(request.nextID(), .messagePinned(message: id))])
    }

    func unpin(_ id: RecordID, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admitPinning(request)
        guard pins.contains(id) else { return Decision() }
        return Decision(events: [(request.nextID(), .messageUnpinned(message: id))])
    }

    /// Moderators pin; in direct rooms everyone does.
    private func admitPinning(_ request: Request) throws(Rejection) {
        if profile.visibility == .direct {
            try admitWriter(request)
        } else {
            try admitModerator(request)
        }
    }

    func follow(_ thread: RecordID, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        guard mayBelong(request.principal) else {
            throw Rejection(.forbidden, "Guests can't follow threads.")
        }
        let root = try fact(thread)
        guard root.message.thread == nil else {
            throw Rejection(.badRequest, "data.threadId: is itself a reply; follow its thread.")
        }
        let user = request.principal.user
        guard !root.followers.contains(user) else { return Decision() }
        guard root.followers.count < ChatLimits.followersPerThread else {
            throw Rejection(.limitReached, "That thread has as many followers as it may.")
        }
        return Decision(events: [(request.nextID(), .threadFollowed(thread: thread, user: user))])
    }

    func unfollow(_ thread: RecordID, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        let user = request.principal.user
        guard try fact(thread).followers.contains(user) else { return Decision() }
        return Decision(events: [(request.nextID(), .threadUnfollowed(thread: thread, user: user))])
    }
}
