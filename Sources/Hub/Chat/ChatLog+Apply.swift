/// How events become state. Total: whatever a log holds can be applied in its order.
extension ChatLog {
    package mutating func apply(
        _ event: ChatEvent,
        id: RecordID,
        author: String,
        at: Timestamp
    ) {
        exists = true
        switch event {
        case .message(let message):
            messageCount = message.counted(after: messageCount)
            recent.insert(MessageFact(message: message, isPinned: false, followers: []))
        case .roomCreated(let profile):
            self.profile = profile
            creation = Creation(by: author, at: at)
        case .roomUpdated(let profile): self.profile = profile
        case .memberJoined(let user, let role):
            roster.set(user, Roster.Membership(role: role, joinedAt: at))
        case .memberLeft(let user, _): roster.remove(user)
        case .roleChanged(let user, let role):
            guard var membership = roster[user] else { return }
            membership.role = role
            roster.set(user, membership)
        case .memberBanned(let user, let until, _): bans.set(user, until: until, at: at)
        case .memberUnbanned(let user): bans.lift(user)
        case .memberMuted(let user, let until): mutes.set(user, until: until, at: at)
        case .memberUnmuted(let user): mutes.lift(user)
        case .messagePinned(let message):
            if !pins.contains(message) { pins.append(message) }
            update(message) { $0.isPinned = true }
        case .messageUnpinned(let message):
            pins.removeAll { $0 == message }
            update(message) { $0.isPinned = false }
        case .messageEdited, .messageDeleted, .reactionAdded, .reactionRemoved, .threadFollowed,
            .threadUnfollowed:
            applyToFact(event)
        }
    }

    private mutating func applyToFact(_ event: ChatEvent) {
        switch event {
        case .messageEdited(let edit): update(edit.message) { $0.message.apply(edit) }
        case .messageDeleted(let message, let at):
            update(message) { $0.message.bury(at: at) }
        case .reactionAdded(let reaction):
            update(reaction.message) { $0.message.add(reaction) }
        case .reactionRemoved(let reaction):
            update(reaction.message) { $0.message.remove(reaction) }
        case .threadFollowed(let thread, let user):
            update(thread) { if !$0.followers.contains(user) { $0.followers.append(user) } }
        case .threadUnfollowed(let thread, let user):
            update(thread) { $0.followers.removeAll { $0 == user } }
        default: break
        }
    }

    /// A fact that isn't held here is in the archive, which takes the event in by itself.
    private mutating func update(_ id: RecordID, _ change: (inout MessageFact) -> Void) {
        recent.update(id, change)
        if let index = learnt.index(forKey: id) { change(&learnt.values[index]) }
    }
}
