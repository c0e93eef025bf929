/// A command as it comes through the door, before a topic's slice has read it.
package struct Ask: Sendable {
    package var action: String
    /// Nil for questions about the whole hub, such as `rooms`.
    package var topic: TopicID?
    /// All fields of the command, as the native protocol has them.
    package var fields: JSON
    package var key: String?
    package var principal: Principal
    /// The connection that asks, when there is one.
    package var connection: ConnectionID?

    package init(
        action: String,
        topic: TopicID?,
        fields: JSON,
        key: String? = nil,
        principal: Principal,
        connection: ConnectionID? = nil
    ) {
        self.action = action
        self.topic = topic
        self.fields = fields
        self.key = key
        self.principal = principal
        self.connection = connection
    }
}
