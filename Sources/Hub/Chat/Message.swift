/// A message of a room, as it is posted and as history gives it.
package struct Message: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case text, image, file, system
    }

    package var id: RecordID
    /// The room's name: the topic without `room:`.
    package var room: String
    package var user: String
    package var content: String
    package var kind: Kind
    package var timestamp: Timestamp
    package var editedAt: Timestamp?
    package var deletedAt: Timestamp?
    /// The message that this one replies to.
    package var thread: RecordID?
    /// Users mentioned with @, without the @, at most 50.
    package var mentions: [String]
    /// Who reacted with what, in the order of the first reaction of each kind.
    package var reactions: [Reactions]
    /// The message's count within its room, as the node knew it that took it: 1 for the first. Of
    /// messages that two nodes take at the same moment, both may have the same.
    package var number: Int64

    package struct Reactions: Sendable, Hashable {
        package var emoji: String
        package var users: [String]

        package init(emoji: String, users: [String]) {
            self.emoji = emoji
            self.users = users
        }
    }

    package init(
        id: RecordID,
        room: String,
        user: String,
        content: String,
        kind: Kind,
        timestamp: Timestamp,
        editedAt: Timestamp? = nil,
        deletedAt: Timestamp? = nil,
        thread: RecordID? = nil,
        mentions: [String] = [],
        reactions: [Reactions] = [],
        number: Int64
    ) {
        self.id = id
        self.room = room
        self.user = user
        self.content = content
        self.kind = kind
        self.timestamp = timestamp
        self.editedAt = editedAt
        self.deletedAt = deletedAt
        self.thread = thread
        self.mentions = mentions
        self.reactions = reactions
        self.number = number
    }

    /// How many messages the room has with this one, when it had so many before. Nodes apply one
    /// order, so that all of them count the same, whatever the numbers say.
    package func counted(after count: Int64) -> Int64 { max(count + 1, number) }
}
