/// What a room remembers and how it decides: profile, members, sanctions, pins and the facts of its
/// latest messages.
///
/// Pure: it knows of no clock, disk or socket. Messages themselves are in the archive.
package struct ChatLog: Ledger {
    struct Creation: Sendable, Hashable {
        var by: String
        var at: Timestamp
    }

    let topic: TopicID
    /// The topic's name, kept because every message carries it.
    let name: String
    var profile: RoomProfile
    /// Nil while nobody has created the room; a public one is there all the same, without an owner.
    var creation: Creation?
    /// True once the room has any record.
    var exists = false
    var roster = Roster()
    var bans = Sanctions()
    /// Also of users who aren't members: leaving and coming back unmutes nobody.
    var mutes = Sanctions()
    /// In the order in which they were pinned.
    var pins: [RecordID] = []
    var messageCount: Int64 = 0
    var recent = RecentMessages()
    /// Facts fetched for this turn, kept up to date by `apply`.
    var learnt: [RecordID: MessageFact] = [:]

    package init(topic: TopicID) {
        self.topic = topic
        name = String(topic.name)
        let visibility: RoomProfile.Visibility =
            Self.isDirect(topic) ? .direct : .public
        profile = RoomProfile(
            title: visibility == .direct ? "" : name,
            purpose: "",
            visibility: visibility
        )
    }

    /// Names that begin with `dm:` are those of direct rooms, and of no others.
    static func isDirect(_ topic: TopicID) -> Bool { topic.name.hasPrefix("dm:") }

    package static func command(
        _ action: String,
        _ fields: JSON
    ) throws(Rejection) -> ChatCommand {
        try ChatCommand(action, fields)
    }

    package func needs(_ command: ChatCommand) -> [RecordID] {
        guard let subject = command.subject, recent[subject] == nil else { return [] }
        return [subject]
    }

    package mutating func learn(_ facts: [MessageFact]) {
        for fact in facts where recent[fact.message.id] == nil { learnt[fact.message.id] = fact }
    }

    package mutating func settle() {
        learnt.removeAll()
        recent.trim()
    }

    package static func reply(repeating record: Record) -> JSON {
        switch ChatEvent(type: record.type, payload: record.payload) {
        case .message(let message): ["messageId": .string(message.id.description)]
        case .reactionAdded(let reaction), .reactionRemoved(let reaction):
            ["count": .int(Int64(reaction.count))]
        default: .object([])
        }
    }

    package func decide(
        _ command: ChatCommand,
        _ request: Request
    ) throws(Rejection) -> Decision<ChatEvent> {
        switch command {
        case .post(let content, let kind, let thread):
            return try post(content, kind, thread, request)
        case .edit(let message, let content): return try edit(message, content, request)
        case .delete(let message): return try delete(message, request)
        case .react(let message, let emoji): return try react(message, emoji, request)
        case .unreact(let message, let emoji): return try unreact(message, emoji, request)
        case .pin(let message): return try pin(message, request)
        case .unpin(let message): return try unpin(message, request)
        case .follow(let thread): return try follow(thread, request)
        case .unfollow(let thread): return try unfollow(thread, request)
        case .typing(let isActive): return try typing(isActive, request)
        case .access: return try access(request)
        case .locate(let message): return try locate(message, request)
        case .room: return try describe(request)
        case .members(let after, let limit): return try members(after, limit, request)
        case .bans(let after, let limit): return try bans(after, limit, request)
        case .create(let wish): return try create(wish, request)
        case .update(let wish): return try update(wish, request)
        case .enter: return try enter(request)
        case .exit: return try exit(request)
        case .invite(let user, let role): return try invite(user, role, request)
        case .role(let user, let role): return try assign(role, to: user, request)
        case .kick(let user, let reason): return try kick(user, reason, request)
        case .ban(let user, let until, let reason): return try ban(user, until, reason, request)
        case .unban(let user): return try unban(user, request)
        case .mute(let user, let until): return try mute(user, until, request)
        case .unmute(let user): return try unmute(user, request)
        }
    }
}
