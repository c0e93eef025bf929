/// Pieces of an item that are kept for someone until a time.
package struct Hold: Hashable, Sendable {
    /// That of the record which made it.
    package let id: RecordID
    package let holder: Holder
    package let quantity: Int64
    /// It counts before this moment, and not from it on.
    package let expiresAt: Timestamp

    package init(id: RecordID, holder: Holder, quantity: Int64, expiresAt: Timestamp) {
        self.id = id
        self.holder = holder
        self.quantity = quantity
        self.expiresAt = expiresAt
    }

    /// Whether the principal may extend, commit and release it.
    package func isOpen(to principal: Principal, in topic: TopicID) -> Bool {
        if !holder.isNamed, holder.name == principal.user { return true }
        return principal.grants.manages(topic.text)
    }
}
