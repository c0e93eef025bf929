/// A message with what only the archive knows of it: what history shows.
///
/// The one place where a message of history becomes JSON: every archive fills this in and calls
/// `stored`, so that SQL and its model in memory can't differ in a field.
package struct ArchivedMessage: Sendable, Hashable {
    /// A deleted message has no content, mentions or reactions left.
    package var message: Message
    /// Where its record is in the room's log; nil where that isn't known.
    package var position: Position?
    /// Replies in its thread; deleted ones count, as they leave tombstones there.
    package var replyCount: Int
    /// When the newest of them was posted.
    package var lastReplyAt: Timestamp?
    package var isPinned: Bool

    package init(
        message: Message,
        position: Position?,
        replyCount: Int,
        lastReplyAt: Timestamp?,
        isPinned: Bool
    ) {
        self.message = message
        self.position = position
        self.replyCount = replyCount
        self.lastReplyAt = lastReplyAt
        self.isPinned = isPinned
    }

    /// The nine fields, `number`, then those that apply: `mentions deletedAt position replyCount
    /// lastReplyAt pinned`.
    package func stored() -> StoredMessage {
        var object = JSONObjectWriter(reserving: 320 + message.content.utf8.count)
        message.write(into: &object)
        if let position { object.write("position", position.description) }
        if replyCount > 0 { object.write("replyCount", Int64(replyCount)) }
        if let lastReplyAt { object.write("lastReplyAt", lastReplyAt) }
        if isPinned { object.write("pinned", true) }
        return StoredMessage(id: message.id, json: object.finish())
    }
}
