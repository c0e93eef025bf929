/// Who is present in a topic on one node: all of them, or what has changed since it was last told.
package struct PresenceShare: Sendable, Hashable {
    /// What it is to be added to; nil when it is all there is.
    package var previous: UInt64?
    /// Rises with each that is told of a topic by a node, over all times that it is loaded.
    package var revision: UInt64
    /// Users and their connections; nil for who is present no longer.
    package var users: [String: Int?]

    package init(previous: UInt64?, revision: UInt64, users: [String: Int?]) {
        self.previous = previous
        self.revision = revision
        self.users = users
    }

    /// Of a topic that has had no member on the node.
    package static let nobody = PresenceShare(previous: nil, revision: 0, users: [:])

    /// Both in one, where the other was told after it.
    package func merged(with later: PresenceShare) -> PresenceShare {
        guard let between = later.previous else { return later }
        // With something missing in between, the later one alone tells the receivers so.
        guard between == revision else { return later }
        var both = self
        both.revision = later.revision
        for (user, connections) in later.users {
            if connections == nil, previous == nil {
                both.users[user] = nil
            } else {
                both.users.updateValue(connections, forKey: user)
            }
        }
        return both
    }
}
