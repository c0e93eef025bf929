/// Who may do what in a room.
extension ChatLog {
    private static let absent = Rejection(
        .notFound,
        "There is no such room, or it is not yours to see."
    )

    /// What the principal is in the room; nil for an outsider.
    ///
    /// A grant to `moderate` counts as moderator, but not in direct rooms, which have no roles.
    func role(of principal: Principal) -> Role? {
        let own = mayBelong(principal) ? roster[principal.user]?.role : nil
        guard own ?? .member < .moderator, profile.visibility != .direct, moderates(principal)
        else { return own }
        return .moderator
    }

    func isModerator(_ principal: Principal) -> Bool {
        role(of: principal) ?? .member >= .moderator
    }

    private func moderates(_ principal: Principal) -> Bool {
        principal.grants.moderates(topic.text)
    }

    /// Guests' names can be taken by anyone, so they are members only where guests are granted it:
    /// in a hub without keys.
    func mayBelong(_ principal: Principal) -> Bool {
        !principal.isGuest || principal.grants.allow("enter", on: topic.text)
    }

    /// Refuses whoever may not read here.
    func admit(_ request: Request) throws(Rejection) {
        let principal = request.principal
        if profile.visibility == .public {
            // A room that nobody made comes into being with its first reader, who must be allowed
            // to make it.
            guard exists || principal.grants.allow("create", on: topic.text) else {
                throw Self.absent
            }
        } else {
            guard role(of: principal) != nil else { throw Self.absent }
        }
        if bans.hold(principal.user, at: request.at), !moderates(principal) {
            throw Rejection(.banned, "You are banned from this room.")
        }
    }

    /// Refuses whoever may not write here.
    func admitWriter(_ request: Request) throws(Rejection) {
        try admit(request)
        if mutes.hold(request.principal.user, at: request.at), !isModerator(request.principal) {
            throw Rejection(.muted, "You are muted in this room.")
        }
    }

    /// Refuses whoever may not moderate here, and everyone in a direct room.
    func admitModerator(_ request: Request) throws(Rejection) {
        try admitRoles(request)
        guard isModerator(request.principal) else {
            throw Rejection(.forbidden, "Only the room's moderators and owners may do this.")
        }
    }

    /// Refuses outsiders, and everyone in a direct room: nothing of its membership can change.
    func admitRoles(_ request: Request) throws(Rejection) {
        try admit(request)
        guard profile.visibility != .direct else {
            throw Rejection(.forbidden, "A direct room has no roles and always the same members.")
        }
    }

    /// Roles are given by owners, and by granted moderators where there is no owner.
    func mayAssignRoles(_ principal: Principal) -> Bool {
        (mayBelong(principal) && roster[principal.user]?.role == .owner)
            || (roster.ownerCount == 0 && moderates(principal))
    }

    /// Moderators act on those below them only, so never on themselves.
    func requireAuthority(over user: String, _ request: Request) throws(Rejection) {
        let own = role(of: request.principal) ?? .member
        guard user != request.principal.user else {
            throw Rejection(.forbidden, "data.userId: must not be yourself.")
        }
        guard let role = roster[user]?.role, role >= own else { return }
        throw Rejection(.forbidden, "data.userId: has a role that is not below yours.")
    }

    /// True when an implicit room can be taken over: by granted moderators only, as its messages
    /// are others'.
    func mayClaim(_ principal: Principal) -> Bool {
        creation == nil && moderates(principal)
    }

    /// The message, if it is of this room.
    func fact(_ id: RecordID) throws(Rejection) -> MessageFact {
        guard let fact = recent[id] ?? learnt[id] else {
            throw Rejection(.notFound, "There is no such message in this room.")
        }
        return fact
    }

    /// The message, unless only its tombstone is left.
    func livingFact(_ id: RecordID) throws(Rejection) -> MessageFact {
        let fact = try fact(id)
        guard fact.message.deletedAt == nil else {
            throw Rejection(.conflict, "That message was deleted.")
        }
        return fact
    }

    package func access(_ request: Request) throws(Rejection) -> Decision<ChatEvent> {
        try admit(request)
        guard !pins.isEmpty else { return Decision() }
        return Decision(reply: ["pins": .array(pins.map { .string($0.description) })])
    }
}
