/// A room as clients get it: from the room itself, or from the archive as a line of a list.
package struct RoomSummary: Sendable, Hashable {
    /// What a list of somebody's rooms adds to each.
    package struct Line: Sendable, Hashable {
        /// Messages after the read marker, or of all where there is none, that are neither the
        /// reader's own nor the system's.
        package var unread: Int64
        /// Messages after the read marker that mention the reader.
        package var mentions: Int64
        package var lastMessage: StoredMessage?
        /// The message that the read marker is at.
        package var readUpTo: RecordID?

        package init(
            unread: Int64,
            mentions: Int64,
            lastMessage: StoredMessage?,
            readUpTo: RecordID?
        ) {
            self.unread = unread
            self.mentions = mentions
            self.lastMessage = lastMessage
            self.readUpTo = readUpTo
        }
    }

    package var topic: TopicID
    package var profile: RoomProfile
    /// Nil for a public room that came into being without anyone creating it.
    package var createdAt: Timestamp?
    package var createdBy: String?
    package var memberCount: Int
    package var messageCount: Int64
    /// The reader's role; nil when the reader isn't a member.
    package var role: Role?
    package var line: Line?

    package init(
        topic: TopicID,
        profile: RoomProfile,
        createdAt: Timestamp?,
        createdBy: String?,
        memberCount: Int,
        messageCount: Int64,
        role: Role?,
        line: Line? = nil
    ) {
        self.topic = topic
        self.profile = profile
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.memberCount = memberCount
        self.messageCount = messageCount
        self.role = role
        self.line = line
    }

    package func json() -> [UInt8] {
        var object = JSONObjectWriter(reserving: 384)
        object.write("roomId", String(topic.name))
        object.write("topic", topic.text)
        profile.write(into: &object)
        object.write("createdAt", createdAt.map { .int($0.milliseconds) } ?? .null)
        object.write("createdBy", createdBy.map(JSON.string) ?? .null)
        object.write("memberCount", Int64(memberCount))
        object.write("messageCount", messageCount)
        object.write("role", role.map { .string($0.rawValue) } ?? .null)
        if let line {
            object.write("unread", line.unread)
            object.write("mentions", line.mentions)
            object.write("lastMessage", line.lastMessage.map { .raw($0.json) } ?? .null)
            object.write("readUpTo", line.readUpTo.map { .string($0.description) } ?? .null)
        }
        return object.finish()
    }
}
