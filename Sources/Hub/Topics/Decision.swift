/// What a ledger makes of a command.
package struct Decision<Happening: Event>: Sendable {
    /// What is to be stored, in order; each with the id it gets. Empty for a query, and for a
    /// command whose wish is fulfilled already.
    package var events: [(id: RecordID, event: Happening)]
    /// What to show the members without storing it.
    package var ephemeral: [Ephemeral]
    /// The fields of the reply; the topic adds `position` where something was stored.
    package var reply: JSON
    /// What to show to single users in their own topics without storing it.
    package var notices: [(user: String, ephemeral: Ephemeral)]
    /// What to show in other topics without storing it there; made only where a topic is in use.
    package var elsewhere: [(topic: TopicID, ephemeral: @Sendable () -> Ephemeral)]
    /// Users whose subscriptions end with this decision, and why.
    package var expelled: [(user: String, reason: String)]
    /// When not nil, only these users may stay subscribed.
    package var remaining: Set<String>?
    /// When not nil, everyone's subscription ends, for this reason.
    package var closing: String?

    package init(
        events: [(id: RecordID, event: Happening)] = [],
        ephemeral: [Ephemeral] = [],
        reply: JSON = .object([]),
        notices: [(user: String, ephemeral: Ephemeral)] = [],
        elsewhere: [(topic: TopicID, ephemeral: @Sendable () -> Ephemeral)] = [],
        expelled: [(user: String, reason: String)] = [],
        remaining: Set<String>? = nil,
        closing: String? = nil
    ) {
        self.events = events
        self.ephemeral = ephemeral
        self.reply = reply
        self.notices = notices
        self.elsewhere = elsewhere
        self.expelled = expelled
        self.remaining = remaining
        self.closing = closing
    }
}
