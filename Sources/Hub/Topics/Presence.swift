/// Which users are present in a topic: several connections of a user are one member, on however
/// many nodes, and a user whose last connection was lost stays for a while.
///
/// Changes are gathered as a net difference since it was last taken: who came and went in between
/// isn't told at all.
package struct Presence: Sendable {
    private struct Attendee: Sendable {
        /// Those to this node. Nil when the user is present elsewhere only.
        var connections: Int?
        /// Counts the times this user's last connection was lost, to know a stale grace timer.
        var losses: UInt32 = 0
        /// Other nodes that the user is present on, and the connections to those.
        var nodes = 0
        var connectionsElsewhere = 0
    }

    package struct Difference: Sendable, Equatable {
        package var joined: [String] = []
        package var left: [String] = []
        /// Those of them that left because the node that they were on is gone.
        package var lost: Set<String> = []
        package var count = 0
    }

    private var attendees: [String: Attendee] = [:]
    /// What each other node has told.
    private var shares: [PeerID: [String: Int]] = [:]
    /// Users whose presence differs from what was last told: true for come.
    private var changes: [String: Bool] = [:]
    private var lost: Set<String> = []
    /// Users that are present on this node.
    package private(set) var countHere = 0

    package init() {}

    package var count: Int { attendees.count }
    package var hasChanges: Bool { !changes.isEmpty }

    /// Present users and their number of connections, by name.
    package var list: [(user: String, connections: Int)] {
        attendees.map { ($0.key, Self.connections($0.value)) }.sorted { $0.0 < $1.0 }
    }

    /// Users that are present on this node, and their connections to it.
    package var here: [String: Int] { attendees.compactMapValues(\.connections) }

    package func contains(_ user: String) -> Bool { attendees[user] != nil }

    package func connections(of user: String) -> Int {
        attendees[user].map { Self.connections($0) } ?? 0
    }

    /// Those to this node; nil for who is not present on it.
    package func connectionsHere(of user: String) -> Int? { attendees[user]?.connections }

    private static func connections(_ attendee: Attendee) -> Int {
        (attendee.connections ?? 0) + attendee.connectionsElsewhere
    }

    // MARK: This node

    package mutating func come(_ user: String) {
        change(user) { $0.connections = ($0.connections ?? 0) + 1 }
    }

    /// The connection ended. With `isAbrupt` the user stays when it was the last one, and the
    /// result names the loss, to be given to `lapse` after the grace period.
    package mutating func go(_ user: String, isAbrupt: Bool) -> UInt32? {
        guard let connections = attendees[user]?.connections else { return nil }
        guard connections <= 1 else {
            change(user) { $0.connections = connections - 1 }
            return nil
        }
        guard isAbrupt else {
            change(user) { $0.connections = nil }
            return nil
        }
        change(user) {
            $0.connections = 0
            $0.losses &+= 1
        }
        return attendees[user]?.losses
    }

    /// The grace period after that loss is over: the user goes, unless back in the meantime.
    package mutating func lapse(_ user: String, loss: UInt32) {
        guard let attendee = attendees[user], attendee.connections == 0, attendee.losses == loss
        else { return }
        change(user) { $0.connections = nil }
    }

    // MARK: Other nodes

    package mutating func take(_ share: PresenceShare, from peer: PeerID) {
        var known = shares[peer] ?? [:]
        if share.previous == nil {
            for user in known.keys where share.users[user] == nil {
                set(user, from: known.removeValue(forKey: user), to: nil)
            }
        }
        for (user, connections) in share.users {
            set(user, from: known[user], to: connections)
            known[user] = connections
        }
        shares[peer] = known.isEmpty ? nil : known
    }

    /// The node is gone: who was present there only is so no longer.
    package mutating func forget(_ peer: PeerID) {
        for (user, connections) in shares.removeValue(forKey: peer) ?? [:] {
            set(user, from: connections, to: nil)
            if attendees[user] == nil, changes[user] == false { lost.insert(user) }
        }
    }

    private mutating func set(_ user: String, from former: Int?, to current: Int?) {
        guard former != current else { return }
        change(user) {
            $0.nodes += (current == nil ? 0 : 1) - (former == nil ? 0 : 1)
            $0.connectionsElsewhere += (current ?? 0) - (former ?? 0)
        }
    }

    // MARK: Changes

    private mutating func change(_ user: String, _ body: (inout Attendee) -> Void) {
        let former = attendees[user]
        var attendee = former ?? Attendee()
        body(&attendee)
        let isPresent = attendee.connections != nil || attendee.nodes > 0
        attendees[user] = isPresent ? attendee : nil
        countHere += (attendee.connections == nil ? 0 : 1) - (former?.connections == nil ? 0 : 1)
        if (former != nil) != isPresent { note(user, came: isPresent) }
    }

    /// What changed since the last call.
    package mutating func takeDifference() -> Difference {
        var difference = Difference(lost: lost, count: attendees.count)
        for (user, came) in changes.sorted(by: { $0.key < $1.key }) {
            if came { difference.joined.append(user) } else { difference.left.append(user) }
        }
        changes.removeAll()
        lost.removeAll()
        return difference
    }

    private mutating func note(_ user: String, came: Bool) {
        if came { lost.remove(user) }
        if changes[user] == !came {
            changes[user] = nil
        } else {
            changes[user] = came
        }
    }
}
