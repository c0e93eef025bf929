/// A command as it comes through the door, before a topic's slice has read it.
package struct Ask: Sendable {
    package var action: String
    /// Nil for questions about the whole hub, such as `rooms`.
    package var topic: TopicID?
    /// All fields of the command, as the native protocol has them.
    package var fields: JSON
    /// Makes it repeatable; `isKey` says what can be one.
    package var key: String?
    /// Decided when the command's turn has come, on what is stored then.
    package var condition: Condition?
    package var principal: Principal
    /// The connection that asks, when there is one.
    package var connection: ConnectionID?

    package init(
        action: String,
        topic: TopicID?,
        fields: JSON,
        key: String? = nil,
        condition: Condition? = nil,
        principal: Principal,
        connection: ConnectionID? = nil
    ) {
        self.action = action
        self.topic = topic
        self.fields = fields
        self.key = key
        self.condition = condition
        self.principal = principal
        self.connection = connection
    }

    /// A command's further events have the key with their number behind it: `Topic.key`.
    package static let keyBytesMaximum = Draft.keyBytesMaximum - 4

    package static func isKey(_ text: String) -> Bool {
        (1...keyBytesMaximum).contains(text.utf8.count)
            && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    package static let badKey = Rejection(
        .badRequest,
        "A key is a string of 1 to \(keyBytesMaximum) bytes, no control characters."
    )
}
