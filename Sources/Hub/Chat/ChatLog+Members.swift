/// Becoming a member, ceasing to be one, and roles.
extension ChatLog {
    static let full = Rejection(.limitReached, "This room has as many members as it may.")

    /// Adds a member's events to a decision, and tells that user.
    func add(
        _ user: String,
        as role: Role,
        to decision: inout Decision<ChatEvent>,
        _ request: Request
    ) {
        decision.events.append((request.nextID(), .memberJoined(user: user, role: role)))
        decision.notices.append(notice("room_added", to: user, request))
    }

    func enter(_ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        let principal = request.principal
        guard mayBelong(principal) else {
            throw Rejection(.forbidden, "Guests can't become members.")
        }
        guard roster[principal.user] == nil else { return Decision() }
        try requireUnbanned(principal.user, request)
        guard roster.count < ChatLimits.members else { throw Self.full }
        var decision = Decision<ChatEvent>()
        add(principal.user, as: .member, to: &decision, request)
        let members = roster.count + 1
        announce("\(principal.user) joined.", in: &decision, members: members, request)
        return decision
    }

    func exit(_ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admitRoles(request)
        let principal = request.principal
        guard mayBelong(principal), let membership = roster[principal.user] else {
            return Decision()
        }
        guard membership.role != .owner || roster.ownerCount > 1 || roster.count == 1 else {
            throw Rejection(.conflict, "You are the last owner: make another member one first.")
        }
        var decision = Decision<ChatEvent>()
        remove(principal.user, .left, from: &decision, request)
        if profile.visibility == .private {
            decision.expelled.append((principal.user, "private"))
        }
        let members = roster.count - 1
        announce("\(principal.user) left.", in: &decision, members: members, request)
        return decision
    }

    /// Members invite members; only who may assign roles invites with a higher one.
    func invite(
        _ user: String,
        _ role: Role,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitRoles(request)
        guard self.role(of: request.principal) != nil else {
            throw Rejection(.forbidden, "Only members may invite.")
        }
        guard role == .member || mayAssignRoles(request.principal) else {
            throw Rejection(.forbidden, "data.role: only an owner may give that role.")
        }
        try requireUnbanned(user, request)
        guard roster[user] == nil else { return Decision() }
        guard roster.count < ChatLimits.members else { throw Self.full }
        var decision = Decision<ChatEvent>()
        add(user, as: role, to: &decision, request)
        let content = "\(request.principal.user) added \(user)."
        announce(content, in: &decision, members: roster.count + 1, request)
        return decision
    }

    func assign(
        _ role: Role,
        to user: String,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitRoles(request)
        guard mayAssignRoles(request.principal) else {
            throw Rejection(.forbidden, "Only an owner may change roles.")
        }
        let membership = try membership(of: user)
        guard membership.role != role else { return Decision() }
        guard membership.role != .owner || roster.ownerCount > 1 else {
            throw Rejection(.conflict, "That is the last owner: make another member one first.")
        }
        return Decision(events: [(request.nextID(), .roleChanged(user: user, role: role))])
    }

    func kick(
        _ user: String,
        _ reason: String?,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitModerator(request)
        try requireAuthority(over: user, request)
        _ = try membership(of: user)
        var decision = Decision<ChatEvent>()
        remove(user, .kicked, from: &decision, request)
        decision.expelled.append((user, "kicked"))
        announceRemoval(of: user, "removed", reason, in: &decision, request)
        return decision
    }

    /// Also of users who aren't members: a public room is open to them otherwise.
    func ban(
        _ user: String,
        _ until: Timestamp?,
        _ reason: String?,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitModerator(request)
        try requireAuthority(over: user, request)
        try requireFuture(until, request)
        if let end = bans.end(for: user, at: request.at), end == until { return Decision() }
        guard !bans.isFull(at: request.at) else {
            throw Rejection(.limitReached, "This room has as many bans as it may.")
        }
        var decision = Decision<ChatEvent>()
        let banned = ChatEvent.memberBanned(user: user, until: until, reason: reason)
        decision.events.append((request.nextID(), banned))
        decision.expelled.append((user, "banned"))
        if roster[user] != nil {
            remove(user, .banned, from: &decision, request)
            announceRemoval(of: user, "banned", reason, in: &decision, request)
        }
        return decision
    }

    /// Who is banned, by user id.
    func bans(
        _ after: String?,
        _ limit: Int,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitModerator(request)
        let held = bans.list.filter { ban in
            bans.hold(ban.user, at: request.at) && after.map { ban.user > $0 } ?? true
        }
        let page = held.prefix(limit).map { ban -> JSON in
            [
                "userId": .string(ban.user),
                "until": ban.until.map { .int($0.milliseconds) } ?? .null,
            ]
        }
        return Decision(reply: ["bans": .array(page), "more": .bool(held.count > limit)])
    }

    func unban(_ user: String, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admitModerator(request)
        guard bans.hold(user, at: request.at) else { return Decision() }
        return Decision(events: [(request.nextID(), .memberUnbanned(user: user))])
    }

    func mute(
        _ user: String,
        _ until: Timestamp?,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        try admitModerator(request)
        try requireAuthority(over: user, request)
        try requireFuture(until, request)
        if let end = mutes.end(for: user, at: request.at), end == until { return Decision() }
        guard !mutes.isFull(at: request.at) else {
            throw Rejection(.limitReached, "This room has as many muted users as it may.")
        }
        return Decision(events: [(request.nextID(), .memberMuted(user: user, until: until))])
    }

    func unmute(_ user: String, _ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admitModerator(request)
        guard mutes.hold(user, at: request.at) else { return Decision() }
        return Decision(events: [(request.nextID(), .memberUnmuted(user: user))])
    }

    private func remove(
        _ user: String,
        _ reason: ChatEvent.Departure,
        from decision: inout Decision<ChatEvent>,
        _ request: Request
    ) {
        decision.events.append((request.nextID(), .memberLeft(user: user, reason: reason)))
        decision.notices.append(notice("room_removed", to: user, request))
    }

    private func announceRemoval(
        of user: String,
        _ verb: String,
        _ reason: String?,
        in decision: inout Decision<ChatEvent>,
        _ request: Request
    ) {
        let because = reason.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
        let content = "\(request.principal.user) \(verb) \(user)\(because)."
        announce(content, in: &decision, members: roster.count - 1, request)
    }

    private func membership(of user: String) throws(Rejection) -> Roster.Membership {
        guard let membership = roster[user] else {
            throw Rejection(.notFound, "data.userId: is no member of this room.")
        }
        return membership
    }

    /// No one is a member and banned at once, not even a granted moderator, who may lift the ban.
    func requireUnbanned(_ user: String, _ request: Request) throws(Rejection) {
        guard bans.hold(user, at: request.at) else { return }
        throw Rejection(.conflict, "\(user) is banned from this room; lift the ban first.")
    }

    private func requireFuture(_ until: Timestamp?, _ request: Request) throws(Rejection) {
        guard let until, until <= request.at else { return }
        throw Rejection(.badRequest, "data.until: must be in the future.")
    }
}
