/// The room as a whole: creating, describing and changing it.
extension ChatLog {
    func create(_ wish: RoomWish, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        let principal = request.principal
        guard principal.grants.allow("create", on: topic.text), mayBelong(principal) else {
            throw Rejection(.forbidden, "You may not create this room.")
        }
        if wish.visibility == .direct { return try createDirect(wish, request) }
        guard !Self.isDirect(topic) else {
            throw Rejection(.badRequest, "data.visibility: rooms named dm: are direct.")
        }
        guard !exists || mayClaim(principal) else {
            throw Rejection(.conflict, "There is a room of that name already.")
        }
        let named = wish.members.filter { $0 != principal.user }
        for user in named + [principal.user] { try requireUnbanned(user, request) }
        let profile = RoomProfile(
            title: wish.title ?? name,
            purpose: wish.purpose ?? "",
            visibility: wish.visibility ?? .public
        )
        var decision = Decision<ChatEvent>()
        decision.events.append((request.nextID(), .roomCreated(profile)))
        if roster[principal.user] != nil {
            let promoted = ChatEvent.roleChanged(user: principal.user, role: .owner)
            decision.events.append((request.nextID(), promoted))
        } else {
            add(principal.user, as: .owner, to: &decision, request)
        }
        let joining = named.filter { roster[$0] == nil }
        guard roster.count + joining.count < ChatLimits.members else { throw Self.full }
        for user in joining { add(user, as: .member, to: &decision, request) }
        if profile.visibility == .private, exists {
            decision.remaining = Set(roster.users + joining + [principal.user])
        }
        return decision
    }

    /// Repeatable: the same people always have the same room.
    private func createDirect(
        _ wish: RoomWish,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        guard wish.title ?? "" == "", wish.purpose ?? "" == "" else {
            throw Rejection(.badRequest, "data.title: a direct room has no title or purpose.")
        }
        let users = Set(wish.members + [request.principal.user]).sorted()
        guard ChatLimits.directMembers.contains(users.count) else {
            throw Rejection(.badRequest, "data.members: a direct room has 2 to 8 members.")
        }
        guard TopicID.directName(of: users) == name else {
            let rule = "must be room:dm: and the members' ids, escaped, sorted and joined by ~"
            throw Rejection(.badRequest, "topic: \(rule).")
        }
        guard !exists else { return Decision() }
        let profile = RoomProfile(title: "", purpose: "", visibility: .direct)
        var decision = Decision<ChatEvent>()
        decision.events.append((request.nextID(), .roomCreated(profile)))
        for user in users { add(user, as: .member, to: &decision, request) }
        return decision
    }

    func update(_ wish: RoomWish, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admitModerator(request)
        guard wish.visibility != .direct else {
            throw Rejection(.badRequest, "data.visibility: must be public or private.")
        }
        let changed = RoomProfile(
            title: wish.title ?? profile.title,
            purpose: wish.purpose ?? profile.purpose,
            visibility: wish.visibility ?? profile.visibility
        )
        guard changed != profile else { return Decision() }
        var decision = Decision<ChatEvent>()
        decision.events.append((request.nextID(), .roomUpdated(changed)))
        if changed.visibility == .private, profile.visibility == .public {
            decision.remaining = Set(roster.users + [request.principal.user])
        }
        return decision
    }

    func describe(_ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        let user = request.principal.user
        let summary = RoomSummary(
            topic: topic,
            profile: profile,
            createdAt: creation?.at,
            createdBy: creation?.by,
            memberCount: roster.count,
            messageCount: messageCount,
            role: mayBelong(request.principal) ? roster[user]?.role : nil
        )
        return Decision(reply: ["room": .raw(summary.json())])
    }

    func members(
        _ after: String?,
        _ limit: Int,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        let page = roster.page(after: after, limit: limit)
        let members = page.users.compactMap { user -> JSON? in
            guard let membership = roster[user] else { return nil }
            var member: JSON = [
                "userId": .string(user),
                "role": .string(membership.role.rawValue),
                "joinedAt": .int(membership.joinedAt.milliseconds),
                "online": .bool(request.presence.contains(user)),
            ]
            // Null is for good; missing is not muted.
            if let until = mutes.end(for: user, at: request.at) {
                member.append("mutedUntil", until.map { .int($0.milliseconds) } ?? .null)
            }
            return member
        }
        return Decision(reply: ["members": .array(members), "more": .bool(page.more)])
    }
}
