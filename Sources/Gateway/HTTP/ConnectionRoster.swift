import Hub

/// The live WebSocket connections, as an operator sees them.
package protocol ConnectionRoster: Sendable {
    /// Each a JSON object with `connection`, `user`, `address`, `since`, `dialect` and the like, in
    /// the order of their numbers, above `after`, at most `limit`.
    func connections(after: ConnectionID?, limit: Int) async -> [JSON]

    /// Ends the connection with close code 4004 (`moved`); false when there is none of that id.
    func end(_ connection: ConnectionID) async -> Bool
}
