/// Who is in a document and where their cursors are: states that clients renew, and nobody stores.
package struct Awareness: Sendable {
    private struct Known: Sendable {
        var clock: UInt64
        /// Nil when the client is gone; its clock is remembered for a while.
        var state: [UInt8]?
        /// Through which the state came.
        var connection: ConnectionID?
        /// The node on which the client is, where that is another one.
        var peer: PeerID?
        var renewed: Timestamp
    }

    /// Clients that a connection may speak for, and that a document knows.
    package static let perConnectionMaximum = 64
    package static let maximum = 10_000
    /// A state that isn't renewed for so long ends; its clock is forgotten later.
    package static let lifetime: Int64 = 30_000
    package static let memory: Int64 = 300_000

    private var known: [UInt64: Known] = [:]
    private var counts: [ConnectionID: Int] = [:]

    package init() {}

    package var isEmpty: Bool { known.isEmpty }

    /// All states there are.
    package var everything: AwarenessUpdate { states { _ in true } }

    /// Those of clients on this node.
    package var everythingHere: AwarenessUpdate { states { $0.peer == nil } }

    private func states(_ isWanted: (Known) -> Bool) -> AwarenessUpdate {
        AwarenessUpdate(
            entries: known.filter { $0.value.state != nil && isWanted($0.value) }
                .sorted { $0.key < $1.key }.map {
                    AwarenessUpdate.Entry(
                        client: $0.key,
                        clock: $0.value.clock,
                        state: $0.value.state
                    )
                }
        )
    }

    /// Takes in what is news, and gives that: the rule is that of y-protocols.
    package mutating func take(
        _ update: AwarenessUpdate,
        from connection: ConnectionID?,
        of peer: PeerID? = nil,
        at time: Timestamp
    ) throws(Rejection) -> AwarenessUpdate {
        var news = AwarenessUpdate(entries: [])
        for entry in update.entries {
            guard isNews(entry) else { continue }
            try makeRoom(for: entry, connection)
            let earlier = known[entry.client]
            release(earlier)
            known[entry.client] = Known(
                clock: entry.clock,
                state: entry.state,
                connection: connection,
                peer: peer,
                renewed: time
            )
            if entry.state != nil, let connection { counts[connection, default: 0] += 1 }
            news.entries.append(entry)
        }
        return news
    }

    private func isNews(_ entry: AwarenessUpdate.Entry) -> Bool {
        guard let there = known[entry.client] else { return entry.state != nil }
        return there.clock < entry.clock
            || there.clock == entry.clock && entry.state == nil && there.state != nil
    }

    private func makeRoom(
        for entry: AwarenessUpdate.Entry,
        _ connection: ConnectionID?
    ) throws(Rejection) {
        guard entry.state != nil,
            known[entry.client]?.connection != connection
                || known[entry.client]?.state == nil
        else { return }
        let spokenFor = connection.flatMap { counts[$0] } ?? 0
        guard spokenFor < Self.perConnectionMaximum, known.count < Self.maximum else {
            throw Rejection(.limitReached, "There are as many awareness states as there may be.")
        }
    }

    private mutating func release(_ earlier: Known?) {
        guard let earlier, earlier.state != nil, let connection = earlier.connection,
            let count = counts[connection]
        else { return }
        counts[connection] = count > 1 ? count - 1 : nil
    }

    /// The connection is gone: its states end, with the clocks that they had.
    package mutating func leave(_ connection: ConnectionID, at time: Timestamp) -> AwarenessUpdate {
        guard counts[connection] != nil else { return AwarenessUpdate(entries: []) }
        return end(at: time) { $0.connection == connection }
    }

    /// The node is gone, and with it its clients.
    package mutating func forget(_ peer: PeerID, at time: Timestamp) -> AwarenessUpdate {
        end(at: time) { $0.peer == peer }
    }

    /// Ends states that were not renewed, and forgets the clocks of those that ended long ago.
    package mutating func expire(at time: Timestamp) -> AwarenessUpdate {
        known = known.filter {
            $0.value.state != nil
                || time.milliseconds - $0.value.renewed.milliseconds < Self.memory
        }
        return end(at: time) {
            time.milliseconds - $0.renewed.milliseconds >= Self.lifetime
        }
    }

    private mutating func end(
        at time: Timestamp,
        _ isEnded: (Known) -> Bool
    ) -> AwarenessUpdate {
        var ended = AwarenessUpdate(entries: [])
        for (client, there) in known where there.state != nil && isEnded(there) {
            release(there)
            known[client]?.state = nil
            known[client]?.renewed = time
            ended.entries.append(
                AwarenessUpdate.Entry(client: client, clock: there.clock, state: nil)
            )
        }
        ended.entries.sort { $0.client < $1.client }
        return ended
    }
}
