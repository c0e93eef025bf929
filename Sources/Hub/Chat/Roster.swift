/// A room's members and their roles, by user id.
struct Roster: Sendable, Hashable {
    struct Membership: Sendable, Hashable {
        var role: Role
        var joinedAt: Timestamp
    }

    private var memberships: [String: Membership] = [:]
    /// The keys of `memberships` in order, for pages; members change rarely and are listed often.
    private(set) var users: [String] = []
    private(set) var ownerCount = 0

    var count: Int { users.count }

    subscript(user: String) -> Membership? { memberships[user] }

    /// Adds the member, or replaces what was known of it.
    mutating func set(_ user: String, _ membership: Membership) {
        let earlier = memberships.updateValue(membership, forKey: user)
        if earlier == nil { users.insert(user, at: place(of: user)) }
        ownerCount += (membership.role == .owner ? 1 : 0) - (earlier?.role == .owner ? 1 : 0)
    }

    mutating func remove(_ user: String) {
        guard let earlier = memberships.removeValue(forKey: user) else { return }
        users.remove(at: place(of: user))
        if earlier.role == .owner { ownerCount -= 1 }
    }

    /// Members after that user id, in order, and whether there are more.
    func page(after user: String?, limit: Int) -> (users: ArraySlice<String>, more: Bool) {
        var start = 0
        if let user {
            start = place(of: user)
            if start < users.count, users[start] == user { start += 1 }
        }
        let end = min(users.count, start + limit)
        return (users[start..<end], end < users.count)
    }

    /// Where the user is or would be: binary search.
    private func place(of user: String) -> Int {
        var low = 0
        var high = users.count
        while low < high {
            let middle = (low + high) / 2
            if users[middle] < user { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
