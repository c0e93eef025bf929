/// The end of a membership.
package struct Leave: Sendable {
    package let connection: ConnectionID
    /// True when the connection was lost: the user stays present for the grace period.
    package let isAbrupt: Bool
    /// The number of the join that it ends, and with it all earlier ones.
    package let number: UInt64

    package init(connection: ConnectionID, isAbrupt: Bool, number: UInt64 = .max) {
        self.connection = connection
        self.isAbrupt = isAbrupt
        self.number = number
    }
}
