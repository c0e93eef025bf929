/// What a session learns when its join was taken up.
package struct JoinOutcome: Sendable {
    /// Everything up to here is in the journal; everything after it will be broadcast.
    package let position: Position
    /// Epochs before that one, and up to which offset their positions are still good.
    package var former: [Epoch: Offset] = [:]
    /// Whether the reply holds all that is to be known, and no records are shown.
    package let isState: Bool
    /// What the ledger adds to the reply.
    package let reply: JSON
    /// Present users and their connections, unless the room is too large or nobody asked.
    package let members: [(user: String, connections: Int)]?
    /// How many users are present.
    package let count: Int
}

extension JoinOutcome {
    /// Present users as the protocol lists them.
    static func describe(_ users: [(user: String, connections: Int)]) -> JSON {
        .array(
            users.map { ["userId": .string($0.user), "connections": .int(Int64($0.connections))] }
        )
    }

    /// The reply to a join.
    package var fields: JSON {
        var fields = reply
        fields.append("position", .string(position.description))
        if let members { fields.append("members", Self.describe(members)) }
        fields.append("count", .int(Int64(count)))
        return fields
    }
}
