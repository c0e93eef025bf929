/// How far a user has read a room.
package struct ReadMark: Sendable, Hashable {
    /// Neither count is beyond this, where JavaScript's numbers are no longer exact.
    static let counts: ClosedRange<Int64> = 0...(1 << 53)

    package let topic: TopicID
    package let message: RecordID
    /// The message's count within its room.
    package let number: Int64
    /// How many messages were after it.
    package let unread: Int64

    package init(topic: TopicID, message: RecordID, number: Int64, unread: Int64) {
        self.topic = topic
        self.message = message
        self.number = min(max(number, Self.counts.lowerBound), Self.counts.upperBound)
        self.unread = min(max(unread, Self.counts.lowerBound), Self.counts.upperBound)
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
