/// Who listens to a topic and where: the one door out.
///
/// Knows each member's user and counts members by lane and by dialect, so that a broadcast encodes
/// once per dialect and hops once per lane.
package struct Audience: Sendable {
    private struct Attendance: Sendable {
        var principal: Principal
        let lane: Int
        let dialect: Int
        let announces: Bool
        let conflates: Bool
        let number: UInt64
    }

    private struct LaneSeats: Sendable {
        let lane: any Lane
        var seats: any Seats
        var count: Int
    }

    private var attendances: [ConnectionID: Attendance] = [:]
    private var lanes: [Int: LaneSeats] = [:]
    private var dialects: [Int: (dialect: any Dialect, count: Int)] = [:]

    package init() {}

    package var isEmpty: Bool { attendances.isEmpty }
    package var count: Int { attendances.count }
    /// Members that want states conflated.
    package private(set) var conflatingCount = 0

    package func contains(_ connection: ConnectionID) -> Bool { attendances[connection] != nil }

    package func contains(where isMeant: (Principal) -> Bool) -> Bool {
        attendances.values.contains { isMeant($0.principal) }
    }

    /// Adds the member; joining again replaces the earlier membership, whose user is returned with
    /// whether it was announced.
    package mutating func seat(_ join: Join) -> (user: String, announces: Bool)? {
        let earlier = remove(join.connection)
        attendances[join.connection] = Attendance(
            principal: join.principal,
            lane: join.lane.index,
            dialect: join.dialect.id,
            announces: join.announces,
            conflates: join.conflates,
            number: join.number
        )
        if join.conflates { conflatingCount += 1 }
        let count = lanes[join.lane.index]?.count ?? 0
        lanes[join.lane.index] = LaneSeats(lane: join.lane, seats: join.seats, count: count + 1)
        dialects[join.dialect.id, default: (join.dialect, 0)].count += 1
        return earlier
    }

    /// Ends the membership that came of the join of that number, or of an earlier one. Nil when
    /// there is none: a late leave must not take away what the connection has joined since.
    package mutating func remove(
        _ connection: ConnectionID,
        upTo number: UInt64 = .max
    ) -> (user: String, announces: Bool)? {
        guard let attendance = attendances[connection], attendance.number <= number else {
            return nil
        }
        attendances[connection] = nil
        if attendance.conflates { conflatingCount -= 1 }
        if let count = lanes[attendance.lane]?.count, count > 1 {
            lanes[attendance.lane]?.count = count - 1
        } else {
            lanes[attendance.lane] = nil
        }
        if let count = dialects[attendance.dialect]?.count, count > 1 {
            dialects[attendance.dialect]?.count = count - 1
        } else {
            dialects[attendance.dialect] = nil
        }
        return (attendance.principal.user, attendance.announces)
    }

    /// The member has another token, with other rights perhaps.
    package mutating func renew(_ principal: Principal, of connection: ConnectionID) {
        attendances[connection]?.principal = principal
    }

    /// One hop per lane; the frames are shared by all members.
    package func broadcast(
        _ records: [Record],
        of topic: TopicID,
        epoch: Epoch,
        origin: ConnectionID? = nil
    ) {
        guard let first = records.first, let last = records.last, !isEmpty else { return }
        emit(.records(first.offset...last.offset), of: topic, origin: origin) {
            $0.encode(records, of: topic, epoch: epoch)
        }
    }

    package func broadcast(_ ephemeral: Ephemeral, of topic: TopicID) {
        guard !isEmpty else { return }
        emit(.ephemeral(ephemeral), of: topic) { $0.encode(ephemeral, of: topic) }
    }

    /// To the members that want states conflated, or to the others.
    package func broadcast(_ state: Ephemeral, of topic: TopicID, isConflated: Bool) {
        guard (isConflated ? conflatingCount : count - conflatingCount) > 0 else { return }
        emit(.state(state, isConflated: isConflated), of: topic) { $0.encode(state, of: topic) }
    }

    /// The log is in another epoch, or was cut: who has more of it than is left goes back.
    package func turn(to position: Position, former: [Epoch: Offset], of topic: TopicID) {
        guard !isEmpty else { return }
        let content = Emission.Content.turn(position, former: former)
        let emission = Emission(topic: topic, content: content, origin: nil, frames: [:])
        for there in lanes.values {
            there.lane.submit { [seats = there.seats] in seats.broadcast(emission) }
        }
    }

    /// Tells the lanes to end the memberships of these users; the members' own leaves follow.
    package func expel(_ isExpelled: (Principal) -> Bool, from topic: TopicID, reason: String) {
        var connections: [Int: [ConnectionID]] = [:]
        for (connection, attendance) in attendances where isExpelled(attendance.principal) {
            connections[attendance.lane, default: []].append(connection)
        }
        expel(connections, from: topic, reason)
    }

    package func expel(
        _ connection: ConnectionID,
        from topic: TopicID,
        reason: String,
        if isExpelled: (Principal) -> Bool
    ) {
        guard let attendance = attendances[connection], isExpelled(attendance.principal) else {
            return
        }
        expel([attendance.lane: [connection]], from: topic, reason)
    }

    private func expel(
        _ connections: [Int: [ConnectionID]],
        from topic: TopicID,
        _ reason: String
    ) {
        for (lane, leaving) in connections {
            guard let there = lanes[lane] else { continue }
            there.lane.submit { [seats = there.seats] in
                seats.expel(leaving, from: topic, reason: reason)
            }
        }
    }

    private func emit(
        _ content: Emission.Content,
        of topic: TopicID,
        origin: ConnectionID? = nil,
        encode: (any Dialect) -> any Sendable
    ) {
        let emission = Emission(
            topic: topic,
            content: content,
            origin: origin,
            frames: dialects.mapValues { encode($0.dialect) }
        )
        for there in lanes.values {
            there.lane.submit { [seats = there.seats] in seats.broadcast(emission) }
        }
    }
}
