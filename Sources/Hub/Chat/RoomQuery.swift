/// Which rooms to list: a user's own, latest activity first, or public ones by name.
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
