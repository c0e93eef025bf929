/// Which orders a list shows, newest first.
package struct OrderQuery: Sendable, Hashable {
    /// Nil for all users.
    package var user: String?
    package var status: OrderStatus?
    /// Only those that were placed before the one with that first record.
    package var before: RecordID?
    package var limit: Int

    package init(
        user: String? = nil,
        status: OrderStatus? = nil,
        before: RecordID? = nil,
        limit: Int
    ) {
        self.user = user
        self.status = status
        self.before = before
        self.limit = limit
    }
}
