/// The end of a membership.
package struct Leave: Sendable {
    package let connection: ConnectionID
    /// True when the connection was lost: the user stays present for the grace period.
    package let isAbrupt: Bool

    package init(connection: ConnectionID, isAbrupt: Bool) {
        self.connection = connection
        self.isAbrupt = isAbrupt
    }
}
