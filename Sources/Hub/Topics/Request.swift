/// Who asks, when, and what the decision needs from outside: given with each command.
package struct Request: Sendable {
    package let principal: Principal
    /// When the topic took the command up.
    package let at: Timestamp
    /// Who was present then: shown in replies, and no ground for a decision.
    package let presence: Presence
    /// Everything that is stored up to there is in the state that it is decided on.
    package let position: Position?
    /// Makes the ids of the records that the command causes, in order.
    package let nextID: @Sendable () -> RecordID

    package init(
        principal: Principal,
        at: Timestamp,
        presence: Presence = Presence(),
        position: Position? = nil,
        nextID: @escaping @Sendable () -> RecordID
    ) {
        self.principal = principal
        self.at = at
        self.presence = presence
        self.position = position
        self.nextID = nextID
    }
}
