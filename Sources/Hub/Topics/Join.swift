/// A session's wish to become a member of a topic.
package struct Join: Sendable {
    package let connection: ConnectionID
    package var principal: Principal
    package let lane: any Lane
    /// The topic's seats on that lane; the same for all members there.
    package let seats: any Seats
    package let dialect: any Dialect
    /// True when others are to see this member come and go, and it them.
    package let announces: Bool
    /// True when of each state only the newest is wanted, ten times a second at the most.
    package let conflates: Bool
    /// Rises with each join of a connection, so that a leave ends no later membership than its own.
    package let number: UInt64
    /// Where the member says that it stands: this node may not have come that far yet.
    package var since: Position?
    /// What else the member wants to know, in the terms of the topic's slice.
    package let fields: JSON

    package init(
        connection: ConnectionID,
        principal: Principal,
        lane: any Lane,
        seats: any Seats,
        dialect: any Dialect,
        announces: Bool,
        conflates: Bool = false,
        number: UInt64 = 0,
        since: Position? = nil,
        fields: JSON = .object([])
    ) {
        self.connection = connection
        self.principal = principal
        self.lane = lane
        self.seats = seats
        self.dialect = dialect
        self.announces = announces
        self.conflates = conflates
        self.number = number
        self.since = since
        self.fields = fields
    }
}
