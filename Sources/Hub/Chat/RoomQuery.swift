/// Which rooms to list: a user's own by their last message, newest first and those without one
/// after them by topic; or the public ones by topic. Each has its line (`RoomSummary.Line`), where
/// `unread` is of the messages behind the read marker, or of all without one: `ChatArchive.unread`.
package struct RoomQuery: Sendable, Hashable {
    package enum Scope: String, Sendable {
        case mine, `public`
    }

    package var user: String
    package var scope: Scope
    /// The topic that the last page ended with.
    package var after: String?
    package var limit: Int

    package init(user: String, scope: Scope, after: String?, limit: Int) {
        self.user = user
        self.scope = scope
        self.after = after
        self.limit = limit
    }
}
