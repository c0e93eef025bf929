/// What can be asked of a room: the actions of the native protocol, read and within their bounds.
package enum ChatCommand: Sendable, Hashable {
    case create(RoomWish)
    case update(RoomWish)
    case enter
    case exit
    case invite(user: String, role: Role)
    case role(user: String, role: Role)
    case kick(user: String, reason: String?)
    case ban(user: String, until: Timestamp?, reason: String?)
    case unban(user: String)
    case mute(user: String, until: Timestamp?)
    case unmute(user: String)
    case post(content: String, kind: Message.Kind, thread: RecordID?)
    case edit(message: RecordID, content: String)
    case delete(message: RecordID)
    case react(message: RecordID, emoji: String)
    case unreact(message: RecordID, emoji: String)
    case pin(message: RecordID)
    case unpin(message: RecordID)
    case follow(thread: RecordID)
    case unfollow(thread: RecordID)
    case typing(isActive: Bool)
    case room
    case members(after: String?, limit: Int)
    case bans(after: String?, limit: Int)
    /// May the principal read here? The reply has the ids of the `pins`, if there are any.
    case access
    /// Where is that message? The reply has its `number` and the room's `messageCount`.
    case locate(message: RecordID)

    /// The message whose fact the decision rests on.
    var subject: RecordID? {
        switch self {
        case .post(_, _, let thread): thread
        case .edit(let message, _), .delete(let message), .react(let message, _),
            .unreact(let message, _), .pin(let message), .locate(let message):
            message
        case .follow(let thread), .unfollow(let thread): thread
        default: nil
        }
    }
}
