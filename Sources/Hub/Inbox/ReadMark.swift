/// How far a user has read a room.
package struct ReadMark: Sendable, Hashable {
    package var topic: TopicID
    package var message: RecordID
    /// The message's count within its room.
    package var number: Int64
    /// How many messages were after it.
    package var unread: Int64

    package init(topic: TopicID, message: RecordID, number: Int64, unread: Int64) {
        self.topic = topic
        self.message = message
        self.number = number
        self.unread = unread
    }

    /// The `data` of the command `markRead`.
    package var fields: JSON {
        [
            "topic": .string(topic.text),
            "messageId": .string(message.description),
            "number": .int(number),
            "unread": .int(unread),
        ]
    }
}
