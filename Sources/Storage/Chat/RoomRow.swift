import Hub

/// A room as its row has it; what its ledger would say of it without its members' names.
struct RoomRow: Sendable, Hashable {
    let topic: TopicID
    var profile: RoomProfile
    var createdAt: Timestamp?
    var createdBy: String?
    var memberCount = 0
    var messageCount: Int64 = 0
    /// Zero before the first.
    var lastMessage: Int64 = 0
    var lastAt: Int64 = 0

    /// A room that has come into being without anyone creating it.
    init(topic: TopicID) {
        self.topic = topic
        let name = String(topic.name)
        let isDirect = name.hasPrefix("dm:")
        profile = RoomProfile(
            title: isDirect ? "" : name,
            purpose: "",
            visibility: isDirect ? .direct : .public
        )
    }

    static let columns = """
        rooms.title, rooms.purpose, rooms.visibility, rooms.created_at, rooms.created_by, \
        rooms.member_count, rooms.message_count, rooms.last_message, rooms.last_at
        """

    init(topic: TopicID, _ row: PreparedStatement, from column: Int32 = 0) {
        self.init(topic: topic)
        profile = RoomProfile(
            title: row.text(column),
            purpose: row.text(column + 1),
            visibility: RoomProfile.Visibility(rawValue: row.text(column + 2)) ?? .private
        )
        createdAt = row.intIfAny(column + 3).map { Timestamp(milliseconds: $0) }
        createdBy = row.textIfAny(column + 4)
        memberCount = Int(row.int(column + 5))
        messageCount = row.int(column + 6)
        lastMessage = row.int(column + 7)
        lastAt = row.int(column + 8)
    }

    /// In the order of the table's columns, with the topic's row before.
    func values(row: Int64) -> [SQLValue] {
        [
            .int(row), .text(topic.text), .text(profile.title), .text(profile.purpose),
            .text(profile.visibility.rawValue), .int(createdAt?.milliseconds), .text(createdBy),
            .int(Int64(memberCount)), .int(messageCount), .int(lastMessage), .int(lastAt),
        ]
    }
}
