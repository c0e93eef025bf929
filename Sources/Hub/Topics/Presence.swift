/// Which users are present in a topic: several connections of a user are one member, and a user
/// whose last connection was lost stays for a while.
///
/// Changes are gathered as a net difference since it was last taken: who came and went in between
/// isn't told at all.
package struct Presence: Sendable {
    private struct Attendee: Sendable {
        var connections: Int
        /// Counts the times this user's last connection was lost, to know a stale grace timer.
        var losses: UInt32 = 0
    }

    package struct Difference: Sendable, Equatable {
        package var joined: [String] = []
        package var left: [String] = []
        package var count = 0
    }

    private var attendees: [String: Attendee] = [:]
    /// Users whose presence differs from what was last told: true for come.
    private var changes: [String: Bool] = [:]

    package init() {}

    package var count: Int { attendees.count }
    package var hasChanges: Bool { !changes.isEmpty }

    /// Present users and their number of connections, by name.
    package var list: [(user: String, connections: Int)] {
        attendees.map { ($0.key, $0.value.connections) }.sorted { $0.0 < $1.0 }
    }

    package func contains(_ user: String) -> Bool { attendees[user] != nil }

    package mutating func come(_ user: String) {
        if attendees[user] == nil {
            attendees[user] = Attendee(connections: 1)
            note(user, came: true)
        } else {
            attendees[user]?.connections += 1
        }
    }

    /// The connection ended. With `isAbrupt` the user stays when it was the last one, and the
    /// result names the loss, to be given to `lapse` after the grace period.
    package mutating func go(_ user: String, isAbrupt: Bool) -> UInt32? {
        guard var attendee = attendees[user] else { return nil }
        attendee.connections = max(0, attendee.connections - 1)
        if attendee.connections > 0 {
            attendees[user] = attendee
            return nil
        }
        guard isAbrupt else {
            attendees[user] = nil
            note(user, came: false)
            return nil
        }
        attendee.losses &+= 1
        attendees[user] = attendee
        return attendee.losses
    }

    /// The grace period after that loss is over: the user goes, unless back in the meantime.
    package mutating func lapse(_ user: String, loss: UInt32) {
        guard let attendee = attendees[user], attendee.connections == 0, attendee.losses == loss
        else { return }
        attendees[user] = nil
        note(user, came: false)
    }

    /// What changed since the last call.
    package mutating func takeDifference() -> Difference {
        var difference = Difference(count: attendees.count)
        for (user, came) in changes.sorted(by: { $0.key < $1.key }) {
            if came { difference.joined.append(user) } else { difference.left.append(user) }
        }
        changes.removeAll()
        return difference
    }

    package func connections(of user: String) -> Int { attendees[user]?.connections ?? 0 }

    private mutating func note(_ user: String, came: Bool) {
        if changes[user] == !came {
            changes[user] = nil
        } else {
            changes[user] = came
        }
    }
}
