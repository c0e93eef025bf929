/// What happens in a room: the records of its log.
///
/// The names and fields are those of the native protocol (`NativeProtocol.md`, Events of a room).
package enum ChatEvent: Event, Hashable {
    case roomCreated(RoomProfile)
    case roomUpdated(RoomProfile)
    case memberJoined(user: String, role: Role)
    case memberLeft(user: String, reason: Departure)
    case roleChanged(user: String, role: Role)
    case memberBanned(user: String, until: Timestamp?, reason: String?)
    case memberUnbanned(user: String)
    case memberMuted(user: String, until: Timestamp?)
    case memberUnmuted(user: String)
    case message(Message)
    case messageEdited(Edit)
    case messageDeleted(message: RecordID, at: Timestamp)
    case reactionAdded(Reaction)
    case reactionRemoved(Reaction)
    case messagePinned(message: RecordID)
    case messageUnpinned(message: RecordID)
    case threadFollowed(thread: RecordID, user: String)
    case threadUnfollowed(thread: RecordID, user: String)

    package enum Departure: String, Sendable {
        case left, kicked, banned
    }

    package struct Edit: Sendable, Hashable {
        package var message: RecordID
        package var content: String
        package var editedAt: Timestamp
        package var mentions: [String]

        package init(message: RecordID, content: String, editedAt: Timestamp, mentions: [String]) {
            self.message = message
            self.content = content
            self.editedAt = editedAt
            self.mentions = mentions
        }
    }

    package struct Reaction: Sendable, Hashable {
        package var message: RecordID
        package var emoji: String
        package var user: String
        /// How many have reacted so after this event.
        package var count: Int

        package init(message: RecordID, emoji: String, user: String, count: Int) {
            self.message = message
            self.emoji = emoji
            self.user = user
            self.count = count
        }
    }
}
