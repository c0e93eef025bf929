/// A page of history: where from, how long, of the room or of one of its threads.
package struct HistoryQuery: Sendable, Hashable {
    package enum Anchor: Sendable, Hashable {
        /// The newest.
        case latest
        /// Older than that message.
        case before(RecordID)
        /// Newer than that message.
        case after(RecordID)
        /// `limit / 2` messages older than that one, then it and newer ones for the rest; half of
        /// the bytes for each side.
        case around(RecordID)
    }

    package var anchor: Anchor
    package var limit: Int
    /// Of the page's messages as JSON; the page ends before the one that would exceed it.
    package var bytesMaximum: Int
    /// Only the replies of this thread; nil for all messages of the room.
    package var thread: RecordID?

    package init(anchor: Anchor, limit: Int, thread: RecordID? = nil) {
        self.anchor = anchor
        self.limit = limit
        bytesMaximum = ChatLimits.pageBytes
        self.thread = thread
    }
}
