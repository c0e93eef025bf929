/// How a message changes by later events; one definition for the room and for archives.
extension Message {
    package mutating func apply(_ edit: ChatEvent.Edit) {
        content = edit.content
        editedAt = edit.editedAt
        mentions = edit.mentions
    }

    /// Leaves a tombstone.
    package mutating func bury(at time: Timestamp) {
        deletedAt = time
        content = ""
        mentions = []
        reactions = []
    }

    package mutating func add(_ reaction: ChatEvent.Reaction) {
        guard let index = reactions.firstIndex(where: { $0.emoji == reaction.emoji }) else {
            reactions.append(Reactions(emoji: reaction.emoji, users: [reaction.user]))
            return
        }
        guard !reactions[index].users.contains(reaction.user) else { return }
        reactions[index].users.append(reaction.user)
    }

    /// A kind of reaction goes with its last user.
    package mutating func remove(_ reaction: ChatEvent.Reaction) {
        guard let index = reactions.firstIndex(where: { $0.emoji == reaction.emoji }) else {
            return
        }
        reactions[index].users.removeAll { $0 == reaction.user }
        if reactions[index].users.isEmpty { reactions.remove(at: index) }
    }
}
