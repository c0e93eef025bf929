import Hub

/// What has become of a message since it was posted: most messages have none.
///
/// Fields that are nil are as the message's record has them.
struct Alteration: Sendable, Hashable {
    var content: String?
    var editedAt: Timestamp?
    var deletedAt: Timestamp?
    var mentions: [String]?
    var reactions: [Message.Reactions]?
    var replyCount: Int64 = 0
    var lastReplyAt: Timestamp?
    var isPinned = false

    static let columns = """
        alterations.content, alterations.edited_at, alterations.deleted_at, \
        alterations.mentions, alterations.reactions, alterations.reply_count, \
        alterations.last_reply_at, alterations.pinned
        """

    init() {}

    init(_ row: PreparedStatement, from column: Int32) {
        content = row.textIfAny(column)
        editedAt = row.intIfAny(column + 1).map { Timestamp(milliseconds: $0) }
        deletedAt = row.intIfAny(column + 2).map { Timestamp(milliseconds: $0) }
        mentions = Self.json(row, column + 3)?.strings
        reactions = Self.json(row, column + 4).flatMap(Message.reactions)
        replyCount = row.int(column + 5)
        lastReplyAt = row.intIfAny(column + 6).map { Timestamp(milliseconds: $0) }
        isPinned = row.int(column + 7) != 0
    }

    /// In the order of the columns.
    var values: [SQLValue] {
        [
            .text(content), .int(editedAt?.milliseconds), .int(deletedAt?.milliseconds),
            .text(mentions.map(Self.text)), .text(reactions.map(Self.text)),
            .int(replyCount), .int(lastReplyAt?.milliseconds), .int(isPinned ? 1 : 0),
        ]
    }

    /// The message as it is now.
    func applied(to original: Message) -> Message {
        var message = original
        if let content { message.content = content }
        if let editedAt { message.editedAt = editedAt }
        if let deletedAt { message.deletedAt = deletedAt }
        if let mentions { message.mentions = mentions }
        if let reactions { message.reactions = reactions }
        return message
    }

    /// Keeps what makes `message` differ from its record.
    mutating func record(_ message: Message, against original: Message) {
        content = message.content == original.content ? nil : message.content
        editedAt = message.editedAt
        deletedAt = message.deletedAt
        mentions = message.mentions == original.mentions ? nil : message.mentions
        reactions = message.reactions == original.reactions ? nil : message.reactions
    }

    private static func json(_ row: PreparedStatement, _ column: Int32) -> JSON? {
        row.isNull(column) ? nil : try? JSONParser.parse(row.bytes(column))
    }

    private static func text(_ users: [String]) -> String {
        var bytes: [UInt8] = []
        JSONObjectWriter.encode(users, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func text(_ reactions: [Message.Reactions]) -> String {
        var bytes: [UInt8] = []
        Message.encode(reactions, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
